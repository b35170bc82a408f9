import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ipcCarrier, supportsAbstractNames } from '../../../../src/engine/carriers/node/ipc.js';
import { carrierContract } from '../carrierContract.js';
import { connectedPair, Connecting, Listening, listenAt } from '../Side.js';

const folder = mkdtempSync(join(tmpdir(), 'ipc-test-'));
process.env['TMPDIR'] = folder;
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const freePath = () => join(folder, `${(made += 1)}`);
const modeOf = (path: string) => lstatSync(path).mode & 0o777;
const openCount = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('Pipe')).length;

/** A socket file whose owner is gone without removing it. */
async function deadSocket(path: string): Promise<void> {
  const server = createServer().listen({ path: `${path}.was` });
  await once(server, 'listening');
  renameSync(`${path}.was`, path); // from where its owner does not remove it
  server.close();
  await once(server, 'close');
}

async function failure(attempt: Connecting | Listening): Promise<Connecting | Listening> {
  await attempt.until(() => attempt.heard.length > 0);
  expect(attempt.heard).toEqual(['failed']);
  return attempt;
}

describe('ipc', () => {
  carrierContract({
    carrier: ipcCarrier,
    wildcard: 'ipc://*',
    freeEndpoint: async () => `ipc://${freePath()}`,
    peerAddress: '',
    openCount,
  });
});

describe('a path', () => {
  it('is a socket with the rights that umask leaves, and gone when it is stopped', async () => {
    const path = freePath();
    for (const umask of [0o077, 0o002]) {
      const before = process.umask(umask);
      const listening = await listenAt(ipcCarrier, `ipc://${path}`);
      process.umask(before);
      expect(listening.endpoint).toBe(`ipc://${path}`);
      expect([lstatSync(path).isSocket(), modeOf(path)]).toEqual([true, 0o777 & ~umask]);
      await listening.stop();
      expect(existsSync(path)).toBe(false);
    }
  });

  it('may be relative, and has up to 107 bytes', async () => {
    const near = relative(process.cwd(), freePath());
    const long = join(folder, 'x'.repeat(106 - folder.length));
    expect(long.length).toBe(107);
    for (const path of [near, long]) {
      const { listening } = await connectedPair(ipcCarrier, `ipc://${path}`);
      expect(listening.endpoint).toBe(`ipc://${path}`);
      expect(existsSync(path)).toBe(true);
    }
  });

  it('where a dead socket was left is taken over', async () => {
    const path = freePath();
    await deadSocket(path);
    expect(await failure(new Connecting(ipcCarrier, `ipc://${path}`))).toMatchObject({
      reason: 'connection refused (ECONNREFUSED)',
    });
    const { near, far } = await connectedPair(ipcCarrier, `ipc://${path}`);
    await Promise.all([near.send(new Uint8Array(10)), far.untilReceived(10)]);
  });

  it.runIf(existsSync('/usr/bin/python3'))('where a process was killed is taken over', async () => {
    const path = freePath();
    const program =
      'import os, signal, socket, sys; s = socket.socket(socket.AF_UNIX); s.bind(sys.argv[1]); s.listen(); os.kill(os.getpid(), signal.SIGKILL)';
    expect(spawnSync('/usr/bin/python3', ['-c', program, path]).signal).toBe('SIGKILL');
    expect(lstatSync(path).isSocket()).toBe(true);
    await connectedPair(ipcCarrier, `ipc://${path}`);
  });

  it('where somebody listens stays theirs', async () => {
    const path = freePath();
    const server = createServer().listen({ path });
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    expect(await failure(new Listening(ipcCarrier, `ipc://${path}`))).toMatchObject({
      reason: 'the address is in use (EADDRINUSE)',
      error: { code: 'EADDRINUSE' },
    });
    await new Connecting(ipcCarrier, `ipc://${path}`).opened();
  });

  it('where something else is stays that', async () => {
    const [file, directory, link] = [freePath(), freePath(), freePath()];
    writeFileSync(file, 'precious');
    mkdirSync(directory);
    symlinkSync(file, link);
    for (const path of [file, directory, link]) {
      expect(await failure(new Listening(ipcCarrier, `ipc://${path}`))).toMatchObject({
        reason: 'something that is no socket is there (EADDRINUSE)',
        error: { code: 'EADDRINUSE' },
      });
    }
    expect(readFileSync(link, 'utf8')).toBe('precious');
    expect(await failure(new Connecting(ipcCarrier, `ipc://${file}`))).toMatchObject({
      reason: expect.stringMatching(/^what is there is no socket \(ENOTSOCK\)$|^connection refused \(ECONNREFUSED\)$/),
    });
  });

  it('in no folder fails', async () => {
    const path = join(freePath(), 'socket');
    expect(await failure(new Listening(ipcCarrier, `ipc://${path}`))).toMatchObject({
      reason: 'there is no such folder (ENOENT)',
    });
    expect(await failure(new Connecting(ipcCarrier, `ipc://${path}`))).toMatchObject({
      reason: 'there is no such path (ENOENT)',
    });
    writeFileSync(dirname(path), 'a file');
    expect(await failure(new Listening(ipcCarrier, `ipc://${path}`))).toMatchObject({ error: { code: 'ENOTDIR' } });
  });

  it('is not bound when that is given up while what is there is looked at', async () => {
    const path = freePath();
    await deadSocket(path);
    const listening = new Listening(ipcCarrier, `ipc://${path}`);
    await listening.stop();
    const next = await listenAt(ipcCarrier, `ipc://${path}`);
    expect([listening.heard, next.heard]).toEqual([['closed'], ['listening']]);
  });
});

describe('ipc://*', () => {
  it('makes a folder of its own, and removes it', async () => {
    const listening = await listenAt(ipcCarrier, 'ipc://*');
    const path = listening.endpoint.slice('ipc://'.length);
    expect(path).toMatch(/\/tmp\w{6}\/socket$/);
    expect([modeOf(dirname(path)), lstatSync(path).isSocket()]).toEqual([0o700, true]);
    await listening.stop();
    expect(existsSync(dirname(path))).toBe(false);
  });

  it('makes it where TMPDIR, TEMPDIR or TMP say, if there is such a folder, else here', async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    const [one, two] = [freePath(), freePath()];
    mkdirSync(one);
    mkdirSync(two);
    const where = async (TMPDIR?: string, TEMPDIR?: string, TMP?: string) => {
      for (const [name, value] of Object.entries({ TMPDIR, TEMPDIR, TMP })) vi.stubEnv(name, value);
      const listening = await listenAt(ipcCarrier, 'ipc://*');
      await listening.stop();
      return dirname(dirname(listening.endpoint.slice('ipc://'.length)));
    };
    expect(await where(one, two)).toBe(one);
    expect(await where(undefined, two, one)).toBe(two);
    expect(await where('', `${one}/missing`, one)).toBe(one);
    const here = process.cwd();
    onTestFinished(() => process.chdir(here));
    process.chdir(folder);
    expect(await where()).toBe('.');
  });

  it.each([
    ['has too long a name for a socket', () => join(folder, 'y'.repeat(100)), true],
    ['has too long a name for a file', () => join(folder, 'y'.repeat(300)), false],
    ['is a file', () => import.meta.filename, false],
    ['is under a file', () => join(import.meta.filename, 'tmp'), false],
  ])('leaves it to the next place where one %s, and leaves no folder there', async (_, name, isMade) => {
    const [odd, good] = [name(), freePath()];
    if (isMade) mkdirSync(odd);
    mkdirSync(good);
    vi.stubEnv('TMPDIR', odd);
    vi.stubEnv('TEMPDIR', good);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { endpoint } = await listenAt(ipcCarrier, 'ipc://*');
    expect(dirname(dirname(endpoint.slice('ipc://'.length)))).toBe(good);
    if (isMade) expect(readdirSync(odd)).toEqual([]);
  });

  it('fails where no place will do, for the reason of the first', async () => {
    const here = process.cwd();
    const gone = freePath();
    mkdirSync(gone);
    process.chdir(gone);
    rmdirSync(gone);
    onTestFinished(() => process.chdir(here));
    for (const variable of ['TEMPDIR', 'TMP']) vi.stubEnv(variable, '');
    vi.stubEnv('TMPDIR', import.meta.filename);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await failure(new Listening(ipcCarrier, 'ipc://*'))).toMatchObject({ error: { code: 'ENOTDIR' } });
  });

  it('leaves no folder when it is given up at once', async () => {
    const own = freePath();
    mkdirSync(own);
    vi.stubEnv('TMPDIR', own);
    onTestFinished(() => void vi.unstubAllEnvs());
    await new Listening(ipcCarrier, 'ipc://*').stop();
    expect(readdirSync(own)).toEqual([]);
  });
});

describe('ipc://@name', () => {
  const name = () => `ipc://@rxzmq-test-${process.pid}-${(made += 1)}`;

  it.runIf(supportsAbstractNames())('is no file (Linux, Node 22 or later)', async () => {
    const endpoint = name();
    const { listening, near, far } = await connectedPair(ipcCarrier, endpoint);
    expect(listening.endpoint).toBe(endpoint);
    expect(readFileSync('/proc/net/unix', 'utf8')).toMatch(new RegExp(` ${endpoint.slice('ipc://'.length)}$`, 'm'));
    await Promise.all([near.send(new Uint8Array(10)), far.untilReceived(10)]);
    expect(await failure(new Listening(ipcCarrier, endpoint))).toMatchObject({ error: { code: 'EADDRINUSE' } });
    await listening.stop();
    await listenAt(ipcCarrier, endpoint);
  });

  it.skipIf(supportsAbstractNames())('fails where Node cannot do it', async () => {
    for (const attempt of [new Listening(ipcCarrier, name()), new Connecting(ipcCarrier, name())]) {
      expect(await failure(attempt)).toMatchObject({
        reason: `names with '@' need Linux and Node 22 or later, this is Node ${process.version} (ENOTSUP)`,
        error: { code: 'ENOTSUP' },
      });
    }
  });

  it('needs libuv 1.48 on Linux', () => {
    const platform = vi.spyOn(process, 'platform', 'get');
    const versions = vi.spyOn(process, 'versions', 'get');
    onTestFinished(() => void vi.restoreAllMocks());
    const supported = (system: NodeJS.Platform, uv: string) => {
      platform.mockReturnValue(system);
      versions.mockReturnValue({ uv } as unknown as NodeJS.ProcessVersions);
      return supportsAbstractNames();
    };
    expect([supported('linux', '1.46.0'), supported('linux', '1.48.0'), supported('linux', '2.0.0')]).toEqual([
      false,
      true,
      true,
    ]);
    expect([supported('darwin', '1.51.0'), supported('win32', '1.51.0')]).toEqual([false, false]);
  });
});
