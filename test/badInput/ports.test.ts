import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { of, retry, take } from 'rxjs';
import {
  fromPull,
  NativeLoadError,
  reply,
  request,
  requester,
  RxZmqError,
  SocketError,
  text,
  toPub,
  toPush,
} from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Pull, Push } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { driver } from '../helpers/driver.js';
import { boundPeer, connectedPeer, nextEvent } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';
import { functions, names } from './functions.js';

/** A port that another process holds. */
async function portOfAnother(): Promise<{ readonly endpoint: string; free(): Promise<void> }> {
  const program = `
    const server = require('node:net').createServer().listen(0, '127.0.0.1', () => console.log(server.address().port));
    process.stdin.resume().on('end', () => process.exit());
  `;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.stdin.end();
    await exited;
  });
  const [port] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return {
    endpoint: `tcp://127.0.0.1:${port.trim()}`,
    free: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

function expectTaken(error: unknown, endpoint: string): void {
  expect(error).toBeInstanceOf(SocketError);
  expect(error).toBeInstanceOf(RxZmqError);
  expect(error).not.toBeInstanceOf(NativeLoadError);
  expect(error).toMatchObject({
    name: 'SocketError',
    code: 'ERR_SOCKET',
    operation: 'bind',
    endpoint,
    cause: { code: 'EADDRINUSE' },
    message: expect.stringContaining(`bind failed on ${endpoint}: `),
  });
  expect((error as Error).message).toContain('EADDRINUSE');
}

describe.each(names)('%s', (name) => {
  it('errors where another process has the port', async () => {
    const { endpoint } = await portOfAnother();
    const statuses = new Statuses();
    expectTaken(await collect(functions[name]!(endpoint, { bind: true, status: statuses })).error, endpoint);
    await statuses.first('closed');
    expect(statuses.all.map(({ kind }) => kind)).toEqual(['closed']);
  });

  it('errors where a socket of this process has it, which is not harmed', async () => {
    const { socket, endpoint } = await boundPeer(new Pull());
    const other = connectedPeer(new Push(), endpoint);
    expectTaken(await collect(functions[name]!(endpoint, { bind: true })).error, endpoint);
    await other.send('still here');
    expect(String(await socket.receive())).toBe('still here');
  });
});

it('retries until the port is free', async () => {
  const { endpoint, free } = await portOfAnother();
  const statuses = new Statuses();
  let errors = 0;
  const received = collect(
    fromPull(endpoint, { bind: true, codec: text, status: statuses }).pipe(
      retry({
        delay: async () => {
          errors += 1;
          if (errors === 2) await free();
        },
      }),
    ),
  );
  expect(await statuses.endpoint()).toBe(endpoint);
  expect(errors).toBe(2);
  await connectedPeer(new Push(), endpoint).send('at last');
  expect(await received.first(1)).toEqual(['at last']);
});

it('errors where one of several endpoints is taken, and gives up the others', async () => {
  const { endpoint } = await boundPeer(new Pull());
  const statuses = new Statuses();
  const both = collect(fromPull(['tcp://127.0.0.1:*', endpoint], { bind: true, status: statuses }));
  expectTaken(await both.error, endpoint);
  const free = await statuses.endpoint();
  await statuses.first('closed');
  await boundPeer(new Pull(), free);
});

it('errors where an inproc name is taken', async () => {
  if (driver === 'native') await boundPeer(new Pull(), 'inproc://taken');
  else {
    const holding = new Statuses();
    collect(fromPull('inproc://taken', { bind: true, status: holding }));
    await holding.first('listening');
  }
  const statuses = new Statuses();
  expectTaken(await collect(fromPull('inproc://taken', { bind: true, status: statuses })).error, 'inproc://taken');
  expect(statuses.all.filter(({ kind }) => kind === 'listening')).toEqual([]);
});

it('errors on an address that is not of this host', async () => {
  expect(await collect(fromPull('tcp://192.0.2.1:5555', { bind: true })).error).toMatchObject({
    code: 'ERR_SOCKET',
    operation: 'bind',
    endpoint: 'tcp://192.0.2.1:5555',
    message: expect.stringContaining('bind failed on tcp://192.0.2.1:5555: '),
  });
});

it('does not touch other subscriptions', async () => {
  const { endpoint } = await boundPeer(new Pull());
  const statuses = new Statuses();
  const good = collect(fromPull('tcp://127.0.0.1:*', { bind: true, codec: text, status: statuses }));
  await collect(of(new Float32Array(2)).pipe(toPush(endpoint))).error;
  await connectedPeer(new Push(), await statuses.endpoint()).send('fine');
  expect(await good.first(1)).toEqual(['fine']);
});

describe('our own closing socket is waited for', () => {
  it.each([
    ['fromPull', (endpoint: string, status: Statuses) => fromPull(endpoint, { bind: true, status })],
    [
      'toPub',
      (endpoint: string, status: Statuses) =>
        of(new Float32Array(2)).pipe(toPub(endpoint, { status, waitForSubscribers: 1 })),
    ],
    ['reply', (endpoint: string, status: Statuses) => reply(endpoint, (asked) => asked, { status })],
  ])('by %s', async (_, open) => {
    const statuses = new Statuses();
    let endpoint = 'tcp://127.0.0.1:*';
    for (let round = 1; round <= 5; round += 1) {
      const subscription = collect<unknown>(open(endpoint, statuses));
      endpoint = (await statuses.nth('listening', round)).endpoint;
      subscription.unsubscribe();
    }
    expect(await statuses.nth('listening', 5)).toMatchObject({ endpoint: await statuses.endpoint() });
    await statuses.nth('closed', 5);
  });

  it('while it hands over what it had taken', async () => {
    const statuses = new Statuses();
    const big = new Float32Array(2_000_000); // more than kernels take at once
    const sent = collect(of(big, big).pipe(toPush('tcp://127.0.0.1:*', { status: statuses, lingerMs: 5000 }), take(2)));
    const endpoint = await statuses.endpoint();
    const slow = connectedPeer(new Pull({ receiveHighWaterMark: 1 }), endpoint);
    await sent.completed; // unsubscribed: what it had taken is still flushed
    const next = collect(of('next').pipe(toPush(endpoint, { codec: text, status: statuses })));
    const sizes = [];
    for (let i = 0; i < 3; i += 1) sizes.push((await slow.receive()).at(-1)?.length);
    expect(sizes).toEqual([8_000_000, 8_000_000, 4]);
    await next.completed;
    expect(statuses.all.filter(({ kind }) => kind === 'dropped')).toEqual([]);
  });
});

it('a requester whose port was taken opens another socket for the next request', async () => {
  const { socket, endpoint } = await boundPeer(new Pull());
  const statuses = new Statuses();
  const handle = requester(endpoint, { bind: true, codec: text, status: statuses, lingerMs: 0 });
  expectTaken(await collect(handle.request('first')).error, endpoint);
  const free = nextEvent(socket, 'close');
  socket.close();
  await Promise.all([free, statuses.first('closed')]);
  const answers = collect(handle.request('second'));
  expect(await statuses.endpoint()).toBe(endpoint);
  collect(reply(endpoint, (asked) => `${asked}!`, { bind: false, codec: text }));
  expect(await answers.first(1)).toEqual(['second!']);
  await handle.close();
});

it('request with a taken port errors once, whatever waits', async () => {
  const { endpoint } = await boundPeer(new Pull());
  const asking = collect(of('a', 'b', 'c').pipe(request(endpoint, { bind: true, codec: text, concurrency: 3 })));
  expectTaken(await asking.error, endpoint);
  expect(asking.values).toEqual([]);
});
