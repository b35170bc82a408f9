import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { of } from 'rxjs';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { toWriter } from '../../../src/savant/index.js';
import { collect } from '../../helpers/collect.js';
import { brief, data, reading, started, startedWriter } from '../sockets.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'savant'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
});

const modeOf = (path: string): number => statSync(path).mode & 0o7777;

it.each(['engine', 'native'] as const)(
  'makes the folders on the way, and opens the file to all: %s',
  async (driver) => {
    const path = join(folder, 'a', 'b', 'socket');
    const read = reading(`router+bind:ipc://${path}`, { driver });
    expect(await read.told.endpoint()).toBe(`ipc://${path}`);
    expect(modeOf(path)).toBe(0o777);
    await collect(of({ message: data('a') }).pipe(toWriter(`dealer+connect:ipc://${path}`, { driver }))).completed;
    expect((await read.first(1)).map(brief)).toEqual(['userData a 1']);
  },
);

it('gives the file the permissions that were asked for', async () => {
  const path = join(folder, 'socket');
  await startedWriter(`dealer+bind:ipc://${path}`, { fixIpcPermissions: 0o640 });
  expect(modeOf(path)).toBe(0o640);
});

it('leaves them as they come', async () => {
  const path = join(folder, 'socket');
  const before = process.umask(0o077);
  onTestFinished(() => void process.umask(before));
  await started(`router+bind:ipc://${path}`, { fixIpcPermissions: false });
  expect(modeOf(path) & 0o077).toBe(0);
});

it('a folder at the path is an error, and stays', async () => {
  const read = reading(`router+bind:ipc://${folder}`);
  expect(await read.error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind', endpoint: `ipc://${folder}` });
  expect(statSync(folder).isDirectory()).toBe(true);
});

it('a file on the way is an error', async () => {
  const path = join(folder, 'socket');
  await started(`router+bind:ipc://${path}`);
  const read = reading(`router+bind:ipc://${path}/below`);
  expect(await read.error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind' });
});
