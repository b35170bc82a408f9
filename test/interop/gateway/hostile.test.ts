import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { NEVER, Subject } from 'rxjs';
import { fromPull, fromSub, pacedMap, raw, type SocketStatus, toPub } from 'rxzmq';
import { type Gateway, type GatewayOptions, type GatewayStatus, serve } from 'rxzmq/gateway';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Hostile } from './Hostile.js';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

interface Served {
  readonly web: Gateway;
  readonly port: number;
  readonly statuses: GatewayStatus[];
  /** What the PUB at `/iq` sends. */
  readonly messages: Subject<Uint8Array[]>;
  /** The same, as a client of good manners receives it at `/other`. */
  readonly received: { count: number };
}

/** A gateway on loopback: at `/iq` a PUB, or a PULL that takes one message and no more; at `/good` a PUB with a client that reads. */
async function gateway(as: 'pub' | 'pull', options: GatewayOptions = {}): Promise<Served> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const statuses: GatewayStatus[] = [];
  const web = serve(server, { lingerMs: 0, status: (status) => statuses.push(status), ...options });
  const messages = new Subject<Uint8Array[]>();
  const received = { count: 0 };
  const listening = (
    kind: SocketStatus['kind'],
    start: (status: (told: SocketStatus) => void) => void,
  ): Promise<void> => new Promise((resolve) => start((told) => void (told.kind === kind && resolve())));
  const pull = { codec: raw, bind: true } as const;
  await listening('listening', (status) => {
    const bound =
      as === 'pub'
        ? messages.pipe(toPub(web.at('/iq'), { codec: raw, status, lingerMs: 0 })).subscribe()
        : fromPull(web.at('/iq'), { ...pull, status })
            .pipe(pacedMap(() => NEVER, { concurrency: 1 }))
            .subscribe();
    onTestFinished(() => bound.unsubscribe());
  });
  await listening('subscribed', (status) => {
    const good = messages.pipe(toPub(web.at('/good'), { codec: raw, status, lingerMs: 0 })).subscribe();
    const reader = fromSub(`ws://127.0.0.1:${port}/good`, { codec: raw }).subscribe(() => (received.count += 1));
    onTestFinished(() => (reader.unsubscribe(), good.unsubscribe()));
  });
  onTestFinished(async () => {
    await web.close();
    server.closeAllConnections();
    server.close();
  });
  return { web, port, statuses, messages, received };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The one who keeps to the rules gets what is sent now. */
async function expectUnharmed({ messages, received, web }: Served): Promise<void> {
  const before = received.count;
  messages.next([new Uint8Array([7])]);
  await until(() => received.count > before);
  await until(() => web.clients === 1); // the other has left nothing behind
}

describe('a client that breaks the rules is closed, and costs the others nothing', () => {
  const LONG = /4096|long/;
  it.each([
    ['half a hello', 'pub', 4000, /hello/],
    ['a hello that is no JSON', 'pub', 4000, /hello/],
    ['a hello of another version', 'pub', 4000, /version/],
    ['a hello without a window', 'pub', 4000, /hello/],
    ['a hello with a window that is no number', 'pub', 4000, /hello/],
    ['a hello of a type that is none', 'pub', 4406, /PUB.*CONSTRUCTOR/],
    ['a hello of 5000 bytes', 'pub', 4000, LONG],
    ['a hello that nests', 'pub', 4000, /hello/],
    ['two hellos', 'pull', 4000, /second hello/],
    ['control before the hello', 'pub', 4000, /before the hello/],
    ['a batch before the hello', 'pull', 4000, /before the hello/],
    ['a socket type that does not fit', 'pub', 4406, /PUB.*PULL/],
    ['credit for more than was sent', 'pull', 4000, /credit/],
    ['credit that is no number', 'pull', 4000, /credit/],
    ['credit below nothing', 'pull', 4000, /credit/],
    ['a control text of 5000 bytes', 'pull', 4000, LONG],
    ['a topic of 2000 bytes', 'pub', 4000, /2000 bytes, 1024/],
    ['101 subscriptions', 'pub', 4000, /100 subscriptions/],
    ['a batch of no parts', 'pull', 4000, /part/],
    ['a batch of 4 billion parts', 'pull', 4000, /part/],
    ['a batch that is cut off', 'pull', 4000, /batch|message/],
    ['a batch whose length lies', 'pull', 4000, /batch|message|maxMessageBytes/],
    ['a batch of 3 bytes', 'pull', 4000, /batch|message/],
    ['a message of 65 parts', 'pull', 4000, /maxParts/],
    ['a message above maxMessageBytes', 'pull', 4000, /maxMessageBytes/],
    ['data beyond the window', 'pull', 4000, /window/],
  ] as const)('%s', async (scene, as, code, reason) => {
    const served = await gateway(as);
    const told = await new Hostile(served.port, scene).next();
    expect(told).toEqual({ code, reason: expect.stringMatching(reason) as string });
    await expectUnharmed(served);
    await until(() => served.statuses.some((status) => 'code' in status));
    expect(served.statuses.filter((status) => 'code' in status)).toMatchObject([
      { code, path: '/iq', address: '127.0.0.1' },
    ]);
  });

  it.each([
    ['a control text that is no UTF-8', 'pull', 1007],
    ['a message above all bounds', 'pull', 1009],
    ['an opcode that is none', 'pull', 1002],
    ['an unmasked frame', 'pub', 1002],
    ['fragments without end', 'pull', 1008],
  ] as const)('%s, by WebSocket itself', async (scene, as, code) => {
    const served = await gateway(as);
    expect(await new Hostile(served.port, scene).next()).toMatchObject({ code });
    await expectUnharmed(served);
  });

  it('no hello', async () => {
    const served = await gateway('pub', { limits: { handshakeTimeoutMs: 300 } });
    expect(await new Hostile(served.port, 'no hello').next()).toEqual({ code: 4408, reason: 'no hello within 300 ms' });
    await expectUnharmed(served);
  });

  it('text of an unknown kind is passed over', async () => {
    const { port } = await gateway('pub');
    expect(await new Hostile(port, 'text of an unknown kind').next()).toEqual({ answered: true });
  });

  it('one that comes again and again', async () => {
    const served = await gateway('pub');
    expect(await new Hostile(served.port, 'reconnect', 300).next()).toEqual({ codes: { 4000: 300 } });
    await expectUnharmed(served);
  });
});

describe('who is refused before the upgrade', () => {
  it.each([
    ['no subprotocol', 400],
    ['another subprotocol', 400],
    ['a foreign Origin', 403],
    ['two Origins', 403],
    ['through a proxy', 403],
    ['a path that is none', 404],
    ['a path with escapes', 404],
    ['a whole URL as its path', 101],
  ])('%s: %i', async (scene, status) => {
    const served = await gateway('pub');
    expect(await new Hostile(served.port, scene).next()).toEqual({ status });
  });

  it('10,000 connections from one address: as many as it may have stay, the others get 429', async () => {
    const served = await gateway('pub', { limits: { handshakeTimeoutMs: 60_000 } });
    const flood = new Hostile(served.port, 'flood', 10_000, 200);
    expect(await flood.next()).toEqual({ statuses: { 101: 99, 429: 9901 }, kept: 99 }); // one is the good one
    const before = served.received.count;
    served.messages.next([new Uint8Array([7])]);
    await until(() => served.received.count > before);
  }, 120_000);
});

/** What is held once the one who keeps to the rules has read all it was sent. */
async function heldBytes({ messages, received }: Served): Promise<number> {
  let before: number;
  do {
    before = received.count;
    messages.next([new Uint8Array([7])]);
    await new Promise((resolve) => setTimeout(resolve, 100));
  } while (received.count !== before + 1);
  gc();
  return process.memoryUsage().arrayBuffers;
}

describe('memory', () => {
  const KIB = 1024;
  const MIB = 1024 * KIB;

  it('of one that stops reading is bounded, whatever window it says it has', async () => {
    const served = await gateway('pub');
    const slow = new Hostile(served.port, 'stops reading');
    await slow.next();
    await until(() => served.web.clients === 2);
    const payload = new Uint8Array(32 * KIB);
    const publish = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i += 1) {
        served.messages.next([payload]);
        if (i % 16 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    };
    await publish(2000); // all that may wait does
    const before = await heldBytes(served);
    await publish(8000); // 250 MiB
    // V8 returns the memory of what it has collected a little later: what is held stays however often one looks
    await expect.poll(async () => (await heldBytes(served)) - before, { timeout: 5000 }).toBeLessThan(8 * MIB);
    await until(() => served.statuses.some(({ kind }) => kind === 'dropped'));
    expect(served.statuses).toContainEqual(expect.objectContaining({ kind: 'dropped', path: '/iq' }));
    expect(served.received.count).toBeGreaterThan(1000); // the other reads on
  }, 120_000);

  it.each(['pings of the wire', 'pings of WebSocket'])(
    'of one that sends %s and reads no answer is bounded',
    async (scene) => {
      const served = await gateway('pub');
      const before = process.memoryUsage();
      await new Hostile(served.port, scene).next();
      gc();
      const after = process.memoryUsage();
      expect((after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / MIB).toBeLessThan(64);
      const seen = served.received.count;
      served.messages.next([new Uint8Array([7])]);
      await until(() => served.received.count > seen);
    },
    120_000,
  );
});
