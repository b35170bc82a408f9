import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

const IN_USE = 'the address is in use (EADDRINUSE)';
const ROUNDS = 100;
const program = fileURLToPath(new URL('./node/programs/bindIpc.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ipc-processes-'));
const path = join(folder, 'socket');
const processes: ChildProcess[] = [];

beforeAll(async () => {
  for (let i = 0; i < 3; i += 1) processes.push(fork(program, { execArgv: ['--import', 'tsx'] }));
  await Promise.all(processes.map(answer));
});
afterAll(() => {
  for (const child of processes) child.disconnect();
  rmSync(folder, { recursive: true });
});

async function answer(child: ChildProcess): Promise<string> {
  const [word] = (await once(child, 'message')) as [string];
  return word;
}

function bind(child: ChildProcess): Promise<string> {
  child.send({ bind: `ipc://${path}` });
  return answer(child);
}

function stop(child: ChildProcess): Promise<string> {
  child.send({});
  return answer(child);
}

async function isServed(): Promise<boolean> {
  const socket = connect({ path });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

/** A socket file whose owner is gone without removing it. */
async function dieThere(): Promise<void> {
  const server = createServer().listen({ path: `${path}.was` });
  await once(server, 'listening');
  renameSync(`${path}.was`, path); // from where its owner does not remove it
  server.close();
  await once(server, 'close');
}

it.each([
  ['find a dead socket', dieThere],
  ['find nothing', () => undefined],
])('of processes that %s exactly one binds, and it is the one that is found there', async (_, prepare) => {
  for (let round = 0; round < ROUNDS; round += 1) {
    await prepare();
    const words = await Promise.all(processes.map(bind));
    expect(words.filter((word) => word === 'listening')).toHaveLength(1);
    expect(words.filter((word) => word === IN_USE)).toHaveLength(2);
    expect(await isServed()).toBe(true);
    await stop(processes[words.indexOf('listening')]!);
    expect(readdirSync(folder)).toEqual([]);
  }
});

it('a rolling restart leaves no time in which the new process is bound and cannot be found', async () => {
  let [old, young] = processes as [ChildProcess, ChildProcess];
  expect(await bind(old)).toBe('listening');
  for (let round = 0; round < ROUNDS; round += 1) {
    const stopped = stop(old);
    for (let word = await bind(young); word !== 'listening'; word = await bind(young)) expect(word).toBe(IN_USE);
    expect(await isServed()).toBe(true);
    await stopped;
    expect(await isServed()).toBe(true);
    [old, young] = [young, old];
  }
  await stop(old);
  expect(existsSync(path)).toBe(false);
});

it('who stops does not remove the file of who has taken its place by force, as libzmq does', async () => {
  const [old] = processes as [ChildProcess];
  for (let round = 0; round < ROUNDS; round += 1) {
    expect(await bind(old)).toBe('listening');
    unlinkSync(path);
    const server = createServer().listen({ path });
    await once(server, 'listening');
    await stop(old);
    expect(lstatSync(path).isSocket()).toBe(true);
    expect(await isServed()).toBe(true);
    server.close();
    await once(server, 'close');
  }
});
