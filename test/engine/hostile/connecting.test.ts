import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Pull } from 'zeromq';
import { peer } from '../../helpers/peers.js';
import { command, frame, greeting, longHeader, ready, repeated } from './support/bytes.js';
import { EngineEnd, type EndSettings } from './support/EngineEnd.js';

const RECONNECT = { initialMs: 4, maxMs: 80 };
/** What the slowest interval is, give or take a quarter. */
const SLOWEST = [60, 100] as const;

/** A server that does with each connection what it is told to. */
class EvilServer {
  readonly endpoint: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.endpoint = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  static async open(treat: (socket: Socket, n: number) => void): Promise<EvilServer> {
    const server = createServer({ allowHalfOpen: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const evil = new EvilServer(server);
    let count = 0;
    server.on('connection', (socket) => {
      evil.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.resume();
      treat(socket, count);
      count += 1;
    });
    onTestFinished(() => evil.close());
    return evil;
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }
}

/** A PUSH of the engine that has something to say. */
async function connected(endpoint: string, settings: EndSettings = {}): Promise<EngineEnd> {
  const end = new EngineEnd('push', { reconnect: RECONNECT, ...settings });
  onTestFinished(() => end.close());
  end.socket.connect(endpoint);
  await end.send('kept');
  return end;
}

/** Once a good peer is there in place of the evil one, all goes on. */
async function goesOnAt(evil: EvilServer, end: EngineEnd, ...expected: readonly string[]): Promise<void> {
  await evil.close();
  const pull = peer(new Pull());
  await pull.bind(evil.endpoint);
  await end.send('last');
  for (const text of [...expected, 'last']) expect(String(await pull.receive())).toBe(text);
  expect(end.failures).toEqual([]);
}

const hello = Buffer.concat([greeting(), ready('PULL')]);

describe('a server that breaks the protocol', () => {
  it.each<readonly [string, Buffer, RegExp]>([
    ['with garbage', Buffer.alloc(1000, 0x55), /speaks no ZMTP/],
    ['with HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'), /speaks no ZMTP/],
    ['with ZMTP 1.0', Buffer.from('ff00000000000000017f00', 'hex'), /ZMTP 1\.0/],
    ['with another socket type', Buffer.concat([greeting(), ready('PUB')]), /does not talk to/],
    ['with another mechanism', greeting('PLAIN'), /security is .*PLAIN/],
    ['with data instead of READY', Buffer.concat([greeting(), frame(0, 'x')]), /READY/],
    ['with ERROR', Buffer.concat([greeting(), command('ERROR', '\x03400')]), /refused us: .*400/],
    ['with a huge command', Buffer.concat([greeting(), longHeader(4, 2n ** 63n)]), /handshake command/],
  ])('%s: is reported, tried again slowly, and forgiven once it is a good one', async (_, said, reason) => {
    const evil = await EvilServer.open((socket) => socket.write(said));
    const end = await connected(evil.endpoint);
    await end.log.nth('handshakeFailed', 3);
    for (const failed of end.log.of('handshakeFailed')) expect(failed.reason).toMatch(reason);
    expectSlow(end);
    await goesOnAt(evil, end, 'kept');
  });

  it.each<readonly [string, Buffer, RegExp]>([
    ['with a frame of 2^63 bytes', longHeader(0, 2n ** 63n), /longer than 2\^53/],
    ['with a message of endless parts', repeated(frame(1, ''), 5000), /maxParts/],
    ['with a command of a gigabyte', longHeader(4, 2n ** 30n), /a command of/],
  ])('after the handshake %s: the same', async (_, said, reason) => {
    const evil = await EvilServer.open((socket, n) => {
      let heard = '';
      socket.write(hello);
      socket.on('data', (chunk: Buffer) => {
        heard += chunk.toString('latin1');
        if (heard.includes(n === 0 ? 'kept' : 'READY')) socket.write(said);
      });
    });
    const end = await connected(evil.endpoint);
    await end.log.nth('disconnected', 3);
    for (const { reason: told } of end.log.of('disconnected')) expect(told).toMatch(reason);
    expectSlow(end);
    await goesOnAt(evil, end); // what it had to say it said to the evil one
  });
});

function expectSlow(end: EngineEnd): void {
  for (const { delayMs } of end.log.of('retrying')) {
    expect(delayMs).toBeGreaterThanOrEqual(SLOWEST[0]);
    expect(delayMs).toBeLessThanOrEqual(SLOWEST[1]);
  }
}

describe('a server that goes away', () => {
  it('at each byte of the handshake: is tried again, and nothing is lost', async () => {
    const evil = await EvilServer.open((socket, n) => {
      if (n % 2 === 0) socket.end(hello.subarray(0, n / 2));
      else socket.write(hello.subarray(0, n / 2), () => socket.resetAndDestroy());
    });
    const end = await connected(evil.endpoint, { reconnect: { initialMs: 1, maxMs: 2 } });
    await end.log.nth('retrying', 2 * hello.length); // where the reset was quicker there was no connection at all
    expect(end.log.of('connected')).toEqual([]);
    expect(end.log.of('handshakeFailed').length).toBeGreaterThanOrEqual(hello.length);
    expect(end.log.of('handshakeFailed').every(({ reason }) => /clos|reset/.test(reason))).toBe(true);
    await goesOnAt(evil, end, 'kept');
  });

  it('before it has said anything: waits grow to the slowest', async () => {
    const evil = await EvilServer.open((socket) => socket.destroy());
    const end = await connected(evil.endpoint);
    await end.log.nth('retrying', 8);
    const delays = end.log.of('retrying').map(({ delayMs }) => delayMs);
    delays.slice(0, 8).forEach((delay, i) => {
      const middle = Math.min(RECONNECT.maxMs, RECONNECT.initialMs * 2 ** i);
      expect(delay).toBeGreaterThanOrEqual(Math.floor(middle * 0.75));
      expect(delay).toBeLessThanOrEqual(Math.ceil(middle * 1.25));
    });
    await goesOnAt(evil, end, 'kept');
  });

  it('and one that says nothing: has its time, is tried again', async () => {
    const evil = await EvilServer.open(() => undefined);
    const end = await connected(evil.endpoint, { limits: { handshakeTimeoutMs: 20 } });
    await end.log.nth('handshakeFailed', 3);
    expect(end.log.of('handshakeFailed')[0]!.reason).toMatch(/not done within 20 ms/);
    await goesOnAt(evil, end, 'kept');
  });

  it('is left at once by a socket that is closed, whatever it does', async () => {
    for (const treat of [
      (socket: Socket) => socket.write(hello.subarray(0, 30)),
      (socket: Socket) => socket.write(hello),
      (socket: Socket) => socket.destroy(),
    ]) {
      const evil = await EvilServer.open(treat);
      const end = await connected(evil.endpoint);
      await end.log.first('connecting');
      await end.close(20);
      expect(end.log.of('closed')).toHaveLength(1);
      await evil.close();
    }
  });
});
