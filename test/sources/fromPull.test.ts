import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstValueFrom, lastValueFrom, map, merge, of, range, retry, share, take, tap, toArray } from 'rxjs';
import { encodeFrame, type Endpoints, frame, fromPull, raw, text, toPush } from 'rxzmq';
import { afterAll, describe, expect, it } from 'vitest';
import { Pull, Push } from 'zeromq';
import { arrived } from '../helpers/arrived.js';
import { driver, either } from '../helpers/driver.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { closed } from '../helpers/peers.js';
import { Statuses } from '../helpers/Statuses.js';

const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A PUSH of zeromq.js on a port of its own. */
async function bindPush(endpoint = 'tcp://127.0.0.1:*'): Promise<Push> {
  const push = new Push({ linger: 0, ipv6: endpoint.includes('[') });
  await push.bind(endpoint);
  return push;
}

const tone = frame(new Float32Array([1, 0, 0, 1]), { sampleRate: 48_000, centerFreq: 7e6, streamId: 3, flags: 9 });

describe.each([
  ['tcp', 'tcp://127.0.0.1:*'],
  ['tcp by name', 'tcp://localhost:*'],
  ['IPv6', 'tcp://[::1]:*'],
  ['ipc', `ipc://${folder}/pull`],
  ...either([], [['inproc', 'inproc://fromPull']]), // whose names zeromq.js shares with the native driver only
  ['ws', 'ws://127.0.0.1:*'],
])('fromPull over %s', (transport, wildcard) => {
  const expected = transport === 'ws' ? tone : arrived(tone); // ws is libzmq's alone

  it('gives what a PUSH sends, when it connects and when it binds', async () => {
    const push = await bindPush(wildcard);
    const received = firstValueFrom(fromPull(push.lastEndpoint ?? '', transport === 'ws' ? { driver: 'native' } : {}));
    await push.send(encodeFrame(tone));
    expect(await received).toEqual(expected);
    push.close();

    const statuses = new Statuses();
    const other = new Push({ linger: 0, ipv6: wildcard.includes('[') });
    const bound = firstValueFrom(
      fromPull(wildcard.replace(/(pull|fromPull)$/, 'other'), { bind: true, status: statuses }),
    );
    other.connect(await statuses.endpoint());
    await other.send(encodeFrame(tone));
    expect(await bound).toEqual(expected);
    other.close();
  });
});

describe('fromPull', () => {
  it('is cold: opens a socket for each subscription, and closes it', async () => {
    const push = await bindPush();
    const statuses = new Statuses();
    const source = fromPull(push.lastEndpoint ?? '', { status: statuses });
    expect(statuses.all).toEqual([]);
    for (let round = 1; round <= 3; round += 1) {
      const received = firstValueFrom(source);
      await statuses.nth('connected', round);
      await push.send(encodeFrame(tone));
      await received;
      await statuses.nth('closed', round);
    }
    expect(new Set(statuses.all.map(({ socketId }) => socketId)).size).toBe(3);
    push.close();
  });

  it('shares one socket with share()', async () => {
    const push = await bindPush();
    const statuses = new Statuses();
    const shared = fromPull(push.lastEndpoint ?? '', { status: statuses, codec: text }).pipe(share());
    const both = Promise.all([firstValueFrom(shared), firstValueFrom(shared)]);
    await push.send('one');
    expect(await both).toEqual(['one', 'one']);
    await statuses.first('closed');
    expect(new Set(statuses.all.map(({ socketId }) => socketId)).size).toBe(1);
    push.close();
  });

  it('reads several endpoints, and endures that one is not there', async () => {
    const [a, b] = [await bindPush(), await bindPush()];
    const endpoints: Endpoints = [a.lastEndpoint ?? '', b.lastEndpoint ?? '', await nobodyAt()];
    const received = lastValueFrom(fromPull(endpoints, { codec: text }).pipe(take(4), toArray()));
    await Promise.all([a.send('a1').then(() => a.send('a2')), b.send('b1').then(() => b.send('b2'))]);
    expect((await received).sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
    a.close();
    b.close();
  });

  it('says of each frame which connection brought it, as far as its driver can tell', async () => {
    const statuses = new Statuses();
    const [a, b] = [await bindPush(), await bindPush()];
    const source = fromPull([a.lastEndpoint ?? '', b.lastEndpoint ?? ''], { status: statuses });
    const received = lastValueFrom(source.pipe(take(4), toArray()));
    await statuses.nth('connected', 2);
    for (const sequence of [0, 1]) {
      for (const [streamId, push] of [a, b].entries()) await push.send(encodeFrame({ ...tone, sequence, streamId }));
    }
    const peers = [0, 1].map(async (id) => (await received).filter(({ streamId }) => streamId === id));
    const [ofA, ofB] = (await Promise.all(peers)).map((frames) => frames.map(({ peer }) => peer));
    if (driver === 'engine') {
      expect(ofA).toEqual([ofA?.[0], ofA?.[0]]);
      expect(ofB).toEqual([ofB?.[0], ofB?.[0]]);
      expect(new Set([...(ofA ?? []), ...(ofB ?? [])]).size).toBe(2);
    } else {
      expect((await received).filter((one) => 'peer' in one)).toEqual([]);
    }
    a.close();
    b.close();
  });

  it('gives frames in the order of their sender', async () => {
    const push = await bindPush();
    const received = lastValueFrom(
      fromPull(push.lastEndpoint ?? '').pipe(
        take(3000),
        map((f) => f.sequence),
        toArray(),
      ),
    );
    const frames = range(0, 3000).pipe(
      map((sequence) => encodeFrame({ ...tone, sequence })),
      toArray(),
    );
    for (const parts of await firstValueFrom(frames)) await push.send(parts);
    expect(await received).toEqual(Array.from({ length: 3000 }, (_, i) => i));
    push.close();
  });

  it('gives samples that are aligned and hold what was sent, whatever their length', async () => {
    const push = await bindPush();
    const sizes = [1, 3, 8, 9, 100, 511, 512, 2500];
    const received = lastValueFrom(
      fromPull(push.lastEndpoint ?? '', { sampleType: 'cf64' }).pipe(take(sizes.length), toArray()),
    );
    const sent = sizes.map((n) => Float64Array.from({ length: 2 * n }, (_, i) => i / 7));
    for (const samples of sent) await push.send(encodeFrame(frame(samples)));
    expect((await received).map(({ samples }) => samples)).toEqual(sent);
    push.close();
  });

  it('goes on when its peer dies and comes back', async () => {
    const statuses = new Statuses();
    const push = await bindPush();
    const endpoint = push.lastEndpoint ?? '';
    const received = lastValueFrom(fromPull(endpoint, { codec: text, status: statuses }).pipe(take(2), toArray()));
    await statuses.first('connected');
    await push.send('before');
    await closed(push);
    await statuses.first('disconnected');
    expect((await statuses.first('retrying')).delayMs).toBeGreaterThan(0);
    const back = new Push({ linger: 0 });
    await back.bind(endpoint);
    await back.send('after');
    expect(await received).toEqual(['before', 'after']);
    back.close();
  });

  it('does not come back with reconnect: false', async () => {
    const statuses = new Statuses();
    const push = await bindPush();
    const subscription = fromPull(push.lastEndpoint ?? '', { reconnect: false, status: statuses }).subscribe();
    await statuses.first('connected');
    push.close();
    await statuses.first('disconnected');
    subscription.unsubscribe();
    await statuses.first('closed');
    expect(statuses.all.some(({ kind }) => kind === 'retrying')).toBe(false);
  });

  it('finds out by heartbeats that its peer is silent', async () => {
    const server = createServer((connection) => {
      connection.on('error', () => undefined);
      connection.write(silentPush); // shakes hands, and never answers a PING
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const statuses = new Statuses();
    const heartbeat = { intervalMs: 20, timeoutMs: 40, ttlMs: 100 };
    const endpoint = `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const subscription = fromPull(endpoint, { heartbeat, status: statuses }).subscribe();
    await statuses.first('connected');
    await statuses.first('disconnected');
    await statuses.first('retrying');
    subscription.unsubscribe();
    await statuses.first('closed');
    server.close();
  });

  it('keeps one subscription out of the other', async () => {
    const push = await bindPush();
    const failing = fromPull('tcp://127.0.0.1:*', { bind: true, onInvalid: 'error' });
    const statuses = new Statuses();
    const error = lastValueFrom(
      fromPull('tcp://127.0.0.1:*', { bind: true, onInvalid: 'error', status: statuses }),
    ).catch((e: unknown) => e);
    const good = firstValueFrom(fromPull(push.lastEndpoint ?? '', { codec: text }));
    const bad = new Push({ linger: 0 });
    bad.connect(await statuses.endpoint());
    await bad.send(['no frame']);
    expect(await error).toMatchObject({ code: 'ERR_FRAME', fault: 'parts' });
    await push.send('fine');
    expect(await good).toBe('fine');
    expect(failing).toBeDefined();
    bad.close();
    push.close();
  });

  it('retries into the port that its failed subscription held', async () => {
    const statuses = new Statuses();
    const push = new Push({ linger: 0 });
    const port = await freePort();
    let errors = 0;
    const received = firstValueFrom(
      fromPull(`tcp://127.0.0.1:${port}`, { bind: true, onInvalid: 'error', status: statuses }).pipe(
        tap({ error: () => (errors += 1) }),
        retry(3),
      ),
    );
    push.connect(await statuses.endpoint());
    await push.send(['bad']);
    await statuses.nth('connected', 2);
    await push.send(encodeFrame(tone));
    expect(await received).toEqual(arrived(tone));
    expect(errors).toBe(1);
    push.close();
  });

  it('gives raw parts, and leaves them to whoever gets them', async () => {
    const push = await bindPush();
    const received = lastValueFrom(fromPull(push.lastEndpoint ?? '', { codec: raw }).pipe(take(2), toArray()));
    await push.send(['a', '', 'c'.repeat(5000)]);
    await push.send(['next']);
    const [first] = await received;
    expect(first?.map((part) => Buffer.from(part).toString())).toEqual(['a', '', 'c'.repeat(5000)]);
    expect(first?.every((part) => part.constructor === Uint8Array)).toBe(true); // the slice of a Buffer is no copy
    push.close();
  });

  it('counts frames of another sample type as invalid and goes on', async () => {
    const statuses = new Statuses();
    const push = await bindPush();
    const source = fromPull(push.lastEndpoint ?? '', {
      sampleType: 'cf32',
      status: statuses,
      onInvalid: () => undefined,
    });
    const received = firstValueFrom(source);
    await push.send(encodeFrame(frame(new Int16Array(2))));
    await push.send(encodeFrame(tone));
    expect(await received).toEqual(arrived(tone));
    expect(await statuses.first('invalid')).toMatchObject({
      count: 1,
      error: { fault: 'sampleType', sampleType: 'ci16' },
    });
    push.close();
  });

  it('merges many at once', async () => {
    const pushes = await Promise.all(Array.from({ length: 20 }, () => bindPush()));
    const received = lastValueFrom(
      merge(...pushes.map((push) => fromPull(push.lastEndpoint ?? '', { codec: text }).pipe(take(5)))).pipe(toArray()),
    );
    await Promise.all(
      pushes.map(async (push, i) => {
        for (let k = 0; k < 5; k += 1) await push.send(`${i}.${k}`);
      }),
    );
    const all = await received;
    expect(all.length).toBe(100);
    for (let i = 0; i < 20; i += 1) {
      expect(all.filter((v) => v.startsWith(`${i}.`))).toEqual([0, 1, 2, 3, 4].map((k) => `${i}.${k}`));
    }
    for (const push of pushes) push.close();
  });

  it('tells a peer of another socket type', async () => {
    const statuses = new Statuses();
    const subscription = fromPull('tcp://127.0.0.1:*', { bind: true, status: statuses }).subscribe();
    const pull = new Pull({ linger: 0 });
    pull.connect(await statuses.endpoint());
    // A peer that sees it first closes, and may take what it has said with it.
    const reasons = either(
      /^a PULL socket does not talk to one of type 'PULL'$|closed the connection during the handshake, .* socket types/,
      /^refused: the socket types do not fit each other$/,
    );
    expect((await statuses.first('handshakeFailed')).reason).toMatch(reasons);
    pull.close();
    subscription.unsubscribe();
    await statuses.first('closed');
  });

  it.each([false, true])('meets toPush in one process, whichever binds and begins (bind: %s)', async (bind) => {
    for (const [i, pushFirst] of [true, false].entries()) {
      const endpoint = `inproc://meet.${bind}.${i}`;
      const push = () => lastValueFrom(of(tone).pipe(toPush(endpoint, { bind: !bind })));
      const pull = () => firstValueFrom(fromPull(endpoint, { bind }));
      let [sent, received] = pushFirst ? [push(), undefined] : [undefined, pull()];
      sent ??= push();
      received ??= pull();
      expect(await received).toEqual(arrived(tone));
      expect(await sent).toEqual(tone);
    }
  });
});

/** What a PUSH sends to shake hands, all at once: greeting, and READY with its socket type. */
const silentPush = Buffer.concat([
  Buffer.from('ff00000000000000017f0301', 'hex'),
  Buffer.from('NULL'.padEnd(20, '\0')),
  Buffer.alloc(32),
  Buffer.from('041a', 'hex'),
  Buffer.from('\x05READY\x0bSocket-Type\0\0\0\x04PUSH'),
]);

/** A port that was free a moment ago, for one that must be named before it is bound. */
async function freePort(): Promise<string> {
  const push = await bindPush();
  const port = push.lastEndpoint?.split(':').at(-1) ?? '';
  await closed(push);
  return port;
}
