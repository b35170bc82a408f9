import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, Server, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tcpCarrier } from '../../../../src/engine/carriers/node/tcp.js';
import { carrierContract } from '../carrierContract.js';
import { connectedPair, Connecting, Listening, listenAt, pattern, same } from '../Side.js';

// Names with the addresses that a test needs; all others are looked up as ever.
const names = new Map<string, { address: string; family: number }[]>();
vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>();
  const lookup = (name: string, options: object, done: (...answer: unknown[]) => void) =>
    names.has(name) ? setImmediate(done, null, names.get(name)) : dns.lookup(name, options, done);
  return { ...dns, lookup };
});

type Options = { readonly host?: string } | null;
const any = 'tcp://127.0.0.1:*';
const openCount = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;
const portOf = (endpoint: string) => endpoint.slice(endpoint.lastIndexOf(':') + 1);
const ipv6 = networkInterfaces()['lo']?.some(({ address }) => address === '::1') === true;
const linkLocal = Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
  addresses.filter(({ address }) => address.startsWith('fe80:')).map(({ address }) => `${address}%${name}`),
)[0];

async function freeEndpoint(bind = any): Promise<string> {
  const listening = await listenAt(tcpCarrier, bind);
  await listening.stop();
  return listening.endpoint;
}

async function failure(attempt: Connecting | Listening): Promise<Connecting | Listening> {
  await attempt.until(() => attempt.heard.length > 0);
  expect(attempt.heard).toEqual(['failed']);
  return attempt;
}

/** Starts a program beside this file, as a process of its own with 500 files at most, and gives the lines that it prints. */
function start(name: string, ...args: string[]): ChildProcess & { line: (n: number) => Promise<string> } {
  const path = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const command = ['-c', 'ulimit -n 500 && exec "$0" "$@"', process.execPath, '--import', 'tsx', path, ...args];
  const child = spawn('sh', command, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const line = async (n: number): Promise<string> => {
    while (output.split('\n').length <= n + 1) await once(child.stdout, 'data');
    return output.split('\n')[n]!;
  };
  return Object.assign(child, { line });
}

describe('tcp', () => {
  carrierContract({ carrier: tcpCarrier, wildcard: any, freeEndpoint, peerAddress: '127.0.0.1', openCount });
});

describe('an address to listen at', () => {
  it.each([
    ['tcp://*:*', /^tcp:\/\/0\.0\.0\.0:[1-9]\d*$/, '127.0.0.1'],
    ['tcp://0.0.0.0:0', /^tcp:\/\/0\.0\.0\.0:[1-9]\d*$/, '127.0.0.1'],
    ['tcp://127.0.0.1:*', /^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/, '127.0.0.1'],
    ['tcp://127.0.0.2:*', /^tcp:\/\/127\.0\.0\.2:[1-9]\d*$/, '127.0.0.2'],
    ['tcp://localhost:*', /^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/, 'localhost'],
    ['tcp://lo:*', /^tcp:\/\/127\.0\.0\.1:[1-9]\d*$/, '127.0.0.1'],
  ])('%s', async (bind, real, host) => {
    const listening = await listenAt(tcpCarrier, bind);
    expect(listening.endpoint).toMatch(real);
    await new Connecting(tcpCarrier, `tcp://${host}:${portOf(listening.endpoint)}`).opened();
  });

  it.skipIf(!ipv6)('[::1], which this machine must have', async () => {
    const { far, listening } = await connectedPair(tcpCarrier, 'tcp://[::1]:*');
    expect(listening.endpoint).toMatch(/^tcp:\/\/\[::1\]:[1-9]\d*$/);
    expect(far.stream.peerAddress).toBe('::1');
  });

  it.skipIf(!ipv6)('[::], which takes IPv4 too and says so of its peer', async () => {
    const listening = await listenAt(tcpCarrier, 'tcp://[::]:*');
    expect(listening.endpoint).toMatch(/^tcp:\/\/\[::\]:[1-9]\d*$/);
    await new Connecting(tcpCarrier, `tcp://127.0.0.1:${portOf(listening.endpoint)}`).opened();
    expect((await listening.side()).stream.peerAddress).toBe('::ffff:127.0.0.1');
  });

  it.skipIf(linkLocal === undefined)('with a zone, which a machine with link-local addresses has', async () => {
    const { near, listening } = await connectedPair(tcpCarrier, `tcp://[${linkLocal}]:*`);
    expect(listening.endpoint).toBe(`tcp://[${linkLocal}]:${portOf(listening.endpoint)}`);
    expect(near.stream.peerAddress).toBe(linkLocal);
  });

  it.each(['radio.invalid', 'constructor'])('%s is refused: no interface and no host has the name', async (name) => {
    expect(await failure(new Listening(tcpCarrier, `tcp://${name}:*`))).toMatchObject({
      reason: expect.stringMatching(
        /^'(radio\.invalid|constructor)' is neither an interface of this machine nor a known name \(ENOTFOUND\)$|^the name could not be looked up \(EAI_AGAIN\)$/,
      ),
    });
  });

  it('is refused where the address is another machine’s', async () => {
    expect(await failure(new Listening(tcpCarrier, 'tcp://203.0.113.1:*'))).toMatchObject({
      reason: 'no interface of this machine has the address (EADDRNOTAVAIL)',
      error: { code: 'EADDRNOTAVAIL' },
    });
  });

  it('lets 100 connections wait, or as many as it is told', async () => {
    const listen = vi.spyOn(Server.prototype, 'listen');
    onTestFinished(() => listen.mockRestore());
    await listenAt(tcpCarrier, any);
    await listenAt(tcpCarrier, any, { backlog: 7 });
    expect(listen.mock.calls).toMatchObject([[{ backlog: 4096 }], [{ backlog: 7 }]]);
  });

  it('survives that there are no files for a connection', async () => {
    const child = start('acceptWithoutFiles');
    const endpoint = await child.line(0);
    const turnedAway = new Connecting(tcpCarrier, endpoint);
    const near = await turnedAway.opened(); // the kernel has taken it, the program cannot
    await near.until(() => near.heard.includes('ended') || near.heard.includes('closed'));
    child.stdin!.write('go on\n');
    expect(await child.line(1)).toBe('has files again');
    const late = await new Connecting(tcpCarrier, endpoint).opened();
    late.write(new TextEncoder().encode('hello'));
    expect(await child.line(2)).toBe('hello');
  });
});

describe('a host to connect to', () => {
  it('is tried at all its addresses, IPv4 first', async () => {
    const listening = await listenAt(tcpCarrier, any);
    names.set('both.test', [
      { address: '::1', family: 6 },
      { address: '127.0.0.9', family: 4 }, // nobody
      { address: '127.0.0.1', family: 4 },
    ]);
    const connects = vi.spyOn(Socket.prototype, 'connect');
    onTestFinished(() => connects.mockRestore());
    const port = Number(portOf(listening.endpoint));
    const near = await new Connecting(tcpCarrier, `tcp://both.test:${port}`).opened();
    expect(near.stream.peerAddress).toBe('127.0.0.1');
    const hosts = (connects.mock.calls as unknown[][]).flat(2).flatMap((one) => (one as Options)?.host ?? []);
    expect(hosts).toEqual(['127.0.0.9', '127.0.0.1']);
  });

  it.skipIf(!ipv6)('may have IPv6 only, which this machine must have', async () => {
    const listening = await listenAt(tcpCarrier, 'tcp://[::1]:*');
    names.set('six.test', [{ address: '::1', family: 6 }]);
    names.set('both.test', [
      { address: '127.0.0.1', family: 4 }, // nobody
      { address: '::1', family: 6 },
    ]);
    for (const name of ['six.test', 'both.test']) {
      const near = await new Connecting(tcpCarrier, `tcp://${name}:${portOf(listening.endpoint)}`).opened();
      expect(near.stream.peerAddress).toBe('::1');
    }
  });

  it('that nobody knows fails', async () => {
    expect(await failure(new Connecting(tcpCarrier, 'tcp://radio.invalid:5555'))).toMatchObject({
      reason: expect.stringMatching(
        /^the name is not known \(ENOTFOUND\)$|^the name could not be looked up \(EAI_AGAIN\)$/,
      ),
    });
  });

  it('fails with the reason of the first address', async () => {
    const port = portOf(await freeEndpoint());
    names.set('two.test', [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ]);
    expect(await failure(new Connecting(tcpCarrier, `tcp://two.test:${port}`))).toMatchObject({
      reason: 'connection refused (ECONNREFUSED)',
      error: { code: 'ECONNREFUSED', address: '127.0.0.1' },
    });
  });

  it('that does not answer fails when the time is up, and only if there is a limit', async () => {
    const full = await unansweredEndpoint();
    const limited = new Connecting(tcpCarrier, full, { connectTimeoutMs: 50 });
    const patient = new Connecting(tcpCarrier, full);
    expect(await failure(limited)).toMatchObject({
      reason: 'no answer within 50 ms (ETIMEDOUT)',
      error: { code: 'ETIMEDOUT' },
    });
    expect(patient.heard).toEqual([]);
    const listening = await listenAt(tcpCarrier, any);
    const near = await new Connecting(tcpCarrier, listening.endpoint, { connectTimeoutMs: 50 }).opened();
    await failure(new Connecting(tcpCarrier, full, { connectTimeoutMs: 100 }));
    expect(near.heard).toEqual([]); // the limit was for the attempt alone
  });

  it('is not met by a socket that connects to itself', async () => {
    const endpoint = await freeEndpoint();
    const port = portOf(endpoint);
    expect(await failure(new Connecting(tcpCarrier, `tcp://127.0.0.1:${port};127.0.0.1:${port}`))).toMatchObject({
      reason: 'nobody listens there: the socket met itself (ECONNREFUSED)',
      error: { code: 'ECONNREFUSED' },
    });
    await listenAt(tcpCarrier, endpoint);
  });
});

/** An endpoint where no connection is accepted and no more may wait: a machine that is there but does not answer. */
async function unansweredEndpoint(): Promise<string> {
  const blocked = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const server = require('node:net').createServer().listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
     });`,
    { eval: true },
  );
  onTestFinished(async () => void (await blocked.terminate()));
  const [port] = (await once(blocked, 'message')) as [number];
  // Two fill the queue; what comes then gets no answer.
  const waiting = Array.from({ length: 2 }, () => connect({ host: '127.0.0.1', port }));
  onTestFinished(() => waiting.forEach((socket) => void socket.destroy()));
  await Promise.all(waiting.map((socket) => once(socket, 'connect')));
  return `tcp://127.0.0.1:${port}`;
}

describe('a source address', () => {
  it.each([
    ['127.0.0.2:*', '127.0.0.2'],
    ['127.0.0.3:0', '127.0.0.3'],
    ['127.0.0.4', '127.0.0.4'],
    ['lo:*', '127.0.0.1'],
    ['localhost:*', '127.0.0.1'],
    ['*:*', '127.0.0.1'],
  ])('%s', async (source, seen) => {
    const listening = await listenAt(tcpCarrier, 'tcp://*:*');
    await new Connecting(tcpCarrier, `tcp://${source};127.0.0.1:${portOf(listening.endpoint)}`).opened();
    expect((await listening.side()).stream.peerAddress).toBe(seen);
  });

  it.each(['127.0.0.2', '*'])('%s with a port', async (host) => {
    const port = Number(portOf(await freeEndpoint('tcp://*:*')));
    const server = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const accepted = once(server, 'connection') as Promise<[Socket]>;
    const target = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Connecting(tcpCarrier, `tcp://${host}:${port};${target}`).opened();
    expect((await accepted)[0].remotePort).toBe(port);
  });

  it.skipIf(!ipv6)('of IPv6, which this machine must have', async () => {
    const listening = await listenAt(tcpCarrier, 'tcp://[::1]:*');
    await new Connecting(tcpCarrier, `tcp://[::1]:*;${listening.endpoint.slice('tcp://'.length)}`).opened();
    expect((await listening.side()).stream.peerAddress).toBe('::1');
  });

  it('takes the target’s address of its own family', async () => {
    const listening = await listenAt(tcpCarrier, any);
    names.set('both.test', [
      { address: '::1', family: 6 },
      { address: '127.0.0.1', family: 4 },
    ]);
    await new Connecting(tcpCarrier, `tcp://127.0.0.2:*;both.test:${portOf(listening.endpoint)}`).opened();
    expect((await listening.side()).stream.peerAddress).toBe('127.0.0.2');
  });

  it.each([
    ['radio.invalid:*', '127.0.0.1', /is neither an interface of this machine nor a known name|looked up/],
    ['203.0.113.1:*', '127.0.0.1', /^no interface of this machine has the address \(EADDRNOTAVAIL\)$/],
    ['127.0.0.1:*', '[::1]', /^one of source and target has IPv4 only, the other IPv6 only \(EAFNOSUPPORT\)$/],
  ])('%s does not do for %s', async (source, target, reason) => {
    expect(await failure(new Connecting(tcpCarrier, `tcp://${source};${target}:9`))).toMatchObject({
      reason: expect.stringMatching(reason),
    });
  });
});

describe('a connection', () => {
  it('sends small writes at once, on both sides', async () => {
    const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
    onTestFinished(() => noDelay.mockRestore());
    await connectedPair(tcpCarrier, any);
    expect(noDelay.mock.calls).toEqual([[true], [true]]);
  });

  it.skipIf(!existsSync('/proc/net/tcp'))('is kept alive on both sides, if so chosen (as Linux tells)', async () => {
    const [chosen, plain] = await Promise.all(
      [{ keepAliveMs: 30_500 }, {}].map(async (options) => {
        const listening = await listenAt(tcpCarrier, any, options);
        await new Connecting(tcpCarrier, listening.endpoint, options).opened();
        await listening.side();
        return Number(portOf(listening.endpoint)).toString(16).toUpperCase().padStart(4, '0');
      }),
    );
    // sl local remote state queues timer:when ...: state 01 is established, timer 02 keep-alive
    const timers = (port?: string) =>
      readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter(([, local, remote, state]) => state === '01' && `${local} ${remote}`.includes(`:${port}`))
        .map(([, , , , , timer = '']) => [timer.slice(0, 2), Math.ceil(parseInt(timer.slice(3), 16) / 100)]);
    expect(timers(chosen)).toEqual([
      ['02', 31],
      ['02', 31],
    ]);
    expect(timers(plain)).toEqual([
      ['00', 0],
      ['00', 0],
    ]);
  });

  it('keeps the seconds of the system from 1 up', async () => {
    const keepAlive = vi.spyOn(Socket.prototype, 'setKeepAlive');
    onTestFinished(() => keepAlive.mockRestore());
    const listening = await listenAt(tcpCarrier, any, { keepAliveMs: 0 });
    await new Connecting(tcpCarrier, listening.endpoint, { keepAliveMs: 1001 }).opened();
    await listening.side();
    expect(keepAlive.mock.calls.sort()).toEqual([
      [true, 1000],
      [true, 2000],
    ]);
  });

  it('reads into the memory it is given, where it connects', async () => {
    const listening = await listenAt(tcpCarrier, any);
    const frame = new Uint8Array(3_000_000); // a large frame, read where it is to stand
    let at = 0;
    const counts: number[] = [];
    const near = await new Connecting(tcpCarrier, listening.endpoint, {}, (side) => {
      side.target = () => frame.subarray(at, Math.min(at + 1_000_000, frame.length));
      side.onRead = () => {
        const first = side.chunks[0]!;
        frame.set(first);
        at = first.length;
      };
      side.filled = (count) => {
        at += count;
        counts.push(count);
        if (at === frame.length) side.pause(); // there is no memory for more
        side.hear(at === frame.length ? 'full' : 'read');
      };
    }).opened();
    const far = await listening.side();
    const bytes = pattern(frame.length);
    await far.send(bytes.subarray(0, 100));
    await near.untilReceived(100);
    await far.send(bytes.subarray(100));
    await near.untilHeard('full');
    expect(near.reads).toEqual([['data', 100]]); // only what comes first is handed over as a copy
    expect(Math.max(...counts)).toBeGreaterThan(65_536); // whole stretches at once
    expect(same(frame, bytes)).toBe(true);
  });

  it('reads into the memory it is given, where it accepts', async () => {
    const { near, far } = await connectedPair(tcpCarrier, any);
    far.memory = new Uint8Array(500_000);
    const bytes = pattern(3_000_000);
    await near.send(bytes);
    await far.untilReceived(bytes.length);
    expect(same(far.bytes, bytes)).toBe(true);
    expect(far.reads[0]![0]).toBe('data'); // only what comes first is handed over as a copy
    expect(new Set(far.reads.slice(1).map(([how]) => how))).toEqual(new Set(['filled']));
    expect(Math.max(...far.reads.map(([, count]) => count))).toBeGreaterThan(65_536); // whole stretches at once
  });

  it.each(['end', 'destroy'] as const)('asks for memory before each read, and not after %s', async (last) => {
    const { near, far } = await connectedPair(tcpCarrier, any);
    near.memory = new Uint8Array(10);
    far.write(pattern(65_536));
    await near.untilReceived(65_536);
    await far.send(pattern(1005));
    await near.untilReceived(65_536 + 1005);
    const filled = near.reads.filter(([how]) => how === 'filled');
    expect(filled.every(([, count]) => count <= 10)).toBe(true);
    expect(near.targets).toBe(near.reads.length);
    near.onRead = () => near[last]();
    far.write(pattern(1000));
    far.end();
    await near.untilHeard('closed');
    expect(near.targets).toBe(near.reads.length - 1);
  });

  it('gives no Buffers, and memory that is the listener’s', async () => {
    const { near, far } = await connectedPair(tcpCarrier, any);
    for (let i = 0; i < 50; i += 1) {
      near.write(new Uint8Array(1000).fill(i));
      far.write(new Uint8Array(1000).fill(i));
      await Promise.all([far.untilReceived(1000 * (i + 1)), near.untilReceived(1000 * (i + 1))]);
    }
    expect([...far.chunks, ...near.chunks].every((chunk) => chunk.constructor === Uint8Array)).toBe(true);
    expect(far.bytes.every((byte, at) => byte === Math.floor(at / 1000))).toBe(true);
    const others = await Promise.all([1, 2, 3].map(() => connectedPair(tcpCarrier, any)));
    for (const [i, { near: one, far: two }] of others.entries()) {
      two.write(new Uint8Array(1000).fill(i));
      await one.untilReceived(1000);
    }
    expect(others.every(({ near: one }, i) => one.bytes.every((byte) => byte === i))).toBe(true);
  });

  it('is told of a reset', async () => {
    const listening = await listenAt(tcpCarrier, any);
    const raw = connect({ host: '127.0.0.1', port: Number(portOf(listening.endpoint)) });
    const far = await listening.side();
    raw.resetAndDestroy();
    await far.untilHeard('closed');
    expect(far).toMatchObject({
      heard: ['closed'],
      reason: 'the peer reset the connection (ECONNRESET)',
      error: { code: 'ECONNRESET' },
    });
  });

  it('is dropped 30 s after its end where the peer says nothing more', async () => {
    const timeouts = vi.spyOn(Socket.prototype, 'setTimeout');
    onTestFinished(() => timeouts.mockRestore());
    for (const name of ['near', 'far'] as const) {
      timeouts.mockClear();
      const { [name]: one, [name === 'near' ? 'far' : 'near']: two } = await connectedPair(tcpCarrier, any);
      one.end();
      await two.untilHeard('ended');
      expect(timeouts.mock.calls).toMatchObject([[30_000, expect.any(Function)]]);
      (timeouts.mock.contexts[0] as Socket).emit('timeout'); // as node does then
      await one.untilHeard('closed');
      expect(one).toMatchObject({
        heard: ['closed'],
        reason: 'the peer was silent for 30000 ms after this side had closed',
        error: undefined,
      });
    }
  });

  it('keeps no process alive after its end, which all reaches first', async () => {
    const listening = await listenAt(tcpCarrier, any);
    const child = start('endAndLeave', listening.endpoint);
    const exit = once(child, 'exit');
    const far = await listening.side();
    await far.untilHeard('ended'); // and this side stays open
    expect(await exit).toEqual([0, null]);
    expect(same(far.bytes, new Uint8Array(8_000_000).fill(7))).toBe(true);
  });
});
