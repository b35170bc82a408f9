import { firstValueFrom, map, type Observable, Subject } from 'rxjs';
import {
  type Codec,
  encodeFrame,
  frame,
  type Frame,
  fromIterable,
  fromPull,
  fromSub,
  openSocket,
  raw,
  reply,
  requester,
  text,
  topic,
  toPub,
  toPush,
} from 'rxzmq';
import { attribute, decodeMessage, encodeMessage, message, userData } from 'rxzmq/savant';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collect } from '../helpers/collect.js';
import { driver } from '../helpers/driver.js';
import { Statuses } from '../helpers/Statuses.js';
import { memoryOf, transferAll } from '../helpers/transferAll.js';

/** Around each length at which memory is had in another way. */
const LENGTHS = [0, 1, 5, 63, 64, 65, 100, 128, 129, 256, 257, 1000, 4095, 4096, 5000, 20_000];
const TYPES = { ci8: Int8Array, ci16: Int16Array, ci32: Int32Array, cf32: Float32Array, cf64: Float64Array } as const;
/** So many values are let pass for one that is given away or kept. */
const EVERY = 3;

const WILDCARDS = driver === 'engine' ? ['tcp://127.0.0.1:*', 'ipc://*', 'inproc://memory'] : ['tcp://127.0.0.1:*'];

const bare: Codec<Uint8Array> = { encode: (part) => [part], decode: ([part]) => part! };

/** Bytes that no other part has. */
function bytes(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 7 + seed) & 255);
}

/** All lengths, several times each, in an order that mixes them. */
function messages(): Uint8Array[][] {
  const all: Uint8Array[][] = [];
  for (let round = 0; round < 4; round += 1) {
    LENGTHS.forEach((length, i) => all.push([bytes(length, all.length), bytes(LENGTHS.at(-1 - i)!, all.length)]));
  }
  return all;
}

const plain = (value: Uint8Array[]): string[] => value.map((part) => Buffer.from(part).toString('latin1'));

/** Gives every third value away, and says what the others are once all have come. */
function givesAway<T>(source: Observable<T>, count: number): { readonly done: Promise<Map<number, T>> } {
  const kept = new Map<number, T>();
  let n = 0;
  const done = new Promise<Map<number, T>>((resolve, reject) => {
    const subscription = source.subscribe({
      next: (value) => {
        if (n % EVERY === 0) transferAll(value);
        else kept.set(n, value);
        n += 1;
        if (n === count) resolve(kept);
      },
      error: reject,
    });
    onTestFinished(() => subscription.unsubscribe());
  });
  return { done };
}

function runs(sink: Observable<unknown>): void {
  const subscription = sink.subscribe();
  onTestFinished(() => subscription.unsubscribe());
}

describe.each(WILDCARDS)('what comes over %s can be given away without harm to the rest', (wildcard) => {
  it('parts of every length', async () => {
    const sent = messages();
    const statuses = new Statuses();
    const feed = new Subject<Uint8Array[]>();
    runs(feed.pipe(toPush(wildcard, { codec: raw, status: statuses })));
    const { done } = givesAway(fromPull(await statuses.endpoint(), { codec: raw }), sent.length);
    for (const message of sent) feed.next(message);
    const kept = await done;
    expect(kept.size).toBeGreaterThan(sent.length / 2);
    for (const [n, message] of kept) expect(plain(message)).toEqual(plain(sent[n]!));
  });

  it.each(Object.keys(TYPES) as (keyof typeof TYPES)[])('frames of %s of every length', async (sampleType) => {
    const Samples = TYPES[sampleType];
    const sent: Frame[] = LENGTHS.concat(LENGTHS, LENGTHS)
      .map((length) => Math.floor(length / Samples.BYTES_PER_ELEMENT / 2) * 2)
      .filter((length) => length > 0)
      .map((length, n) => frame(new Samples(length).fill(n + 1) as Float32Array));
    const statuses = new Statuses();
    const feed = new Subject<Frame>();
    runs(feed.pipe(toPush(wildcard, { status: statuses })));
    const { done } = givesAway(fromPull(await statuses.endpoint()), sent.length);
    for (const each of sent) feed.next(each);
    for (const [n, { samples }] of await done) expect(samples).toEqual(sent[n]!.samples);
  });

  it('topics and what is published under them', async () => {
    const sent = messages().map(([first, second], n) => ({ topic: `t${n % 3}`, value: [first!, second!] }));
    const statuses = new Statuses();
    const feed = new Subject<(typeof sent)[number]>();
    runs(feed.pipe(toPub(wildcard, { codec: topic(raw), waitForSubscribers: 1, noDrop: true, status: statuses })));
    const { done } = givesAway(fromSub(await statuses.endpoint(), { codec: topic(raw) }), sent.length);
    for (const each of sent) feed.next(each);
    for (const [n, { topic: name, value }] of await done) {
      expect(name).toBe(sent[n]!.topic);
      expect(plain(value)).toEqual(plain(sent[n]!.value));
    }
  });

  it('requests and replies', async () => {
    const sent = messages();
    const statuses = new Statuses();
    runs(
      reply(
        wildcard,
        (request) => {
          const answer = request.map((part) => part.slice());
          transferAll(request);
          return answer;
        },
        { codec: raw, status: statuses },
      ),
    );
    const client = requester(await statuses.endpoint(), { codec: raw });
    onTestFinished(() => client.close());
    for (const message of sent) {
      const answer = await firstValueFrom(client.request(message));
      expect(plain(answer)).toEqual(plain(message));
      transferAll(answer);
    }
  });

  it('all parts of the envelopes that handles see', async () => {
    const router = openSocket('router').bind(wildcard);
    onTestFinished(() => router.close({ lingerMs: 0 }));
    const [endpoint] = await router.opened;
    const req = openSocket('req').connect(endpoint!);
    onTestFinished(() => req.close({ lingerMs: 0 }));
    const asked = collect(router.messages);
    const answered = collect(req.messages);
    for (let n = 0; n < LENGTHS.length; n += 1) {
      await req.send(bytes(LENGTHS[n]!, n));
      const [id, delimiter, body] = (await asked.first(n + 1))[n]!;
      expect([delimiter!.length, [...body!]]).toEqual([0, [...bytes(LENGTHS[n]!, n)]]);
      const copies = [id!.slice(), delimiter!.slice(), body!.slice()];
      transferAll([id, delimiter, body]);
      await router.send(copies); // who asked is still known
      const [answer] = (await answered.first(n + 1))[n]!;
      expect([...answer!]).toEqual([...bytes(LENGTHS[n]!, n)]);
      transferAll(answer);
    }
  });

  it('while messages wait to be sent', async () => {
    const statuses = new Statuses();
    const here = collect(fromPull(wildcard, { codec: raw, bind: true, status: statuses }));
    const sender = openSocket('push').connect(await statuses.endpoint());
    onTestFinished(() => sender.close({ lingerMs: 0 }));
    const name = 'inproc://nobody-yet';
    const waiting = openSocket('push', { driver: 'engine' }).connect(name);
    onTestFinished(() => waiting.close({ lingerMs: 0 }));
    const sent = messages();
    for (const message of sent) await waiting.send(message);
    for (let n = 0; n < LENGTHS.length; n += 1) {
      await sender.send(bytes(LENGTHS[n]!, n));
      transferAll((await here.first(n + 1))[n]);
    }
    const late = collect(fromPull(name, { codec: raw, bind: true, driver: 'engine' }));
    expect((await late.first(sent.length)).map(plain)).toEqual(sent.map(plain));
  });
});

it('subscriptions that an xpub receives can be given away', async () => {
  const xpub = openSocket('xpub').bind('tcp://127.0.0.1:*');
  onTestFinished(() => xpub.close({ lingerMs: 0 }));
  const [endpoint] = await xpub.opened;
  const heard = collect(xpub.messages);
  const subscriber = collect(fromSub(endpoint!, { codec: topic(text), topics: ['quotes.'] }));
  transferAll(await heard.first(1));
  await xpub.send(['quotes.a', 'one']);
  expect(await subscriber.first(1)).toEqual([{ topic: 'quotes.a', value: 'one' }]);
});

it('headers of encoded frames can be given away', () => {
  const given = Array.from({ length: 100 }, (_, n) => encodeFrame(frame(new Float32Array([n, n]))));
  const copies = given.map(([header]) => [...header]);
  given.forEach((parts, n) => n % EVERY === 0 && transferAll(parts));
  given.forEach(([header], n) => n % EVERY === 0 || expect([...header]).toEqual(copies[n]));
});

it('empty values of savant can be given away', () => {
  const nothing = attribute({
    namespace: 'n',
    name: 'x',
    values: [{ kind: 'bytes', dims: [], data: new Uint8Array(), confidence: undefined }],
  });
  const encoded = encodeMessage(message(userData('s', [nothing])));
  const one = memoryOf(decodeMessage(encoded));
  const other = memoryOf(decodeMessage(encoded));
  expect(one.size).toBe(1);
  expect([...one].filter((memory) => other.has(memory))).toEqual([]);
});

it.runIf(driver === 'engine')('what comes in virtual time can be given away', () => {
  const letters = Object.fromEntries(LENGTHS.map((length, n) => [String.fromCharCode(97 + n), bytes(length, n)]));
  const marbles = Object.keys(letters).join('');
  virtualTime(({ feed, expectObservable }) => {
    feed('tcp://radio:5555', marbles, letters, { codec: bare });
    const copied = fromPull('tcp://radio:5555', { codec: bare }).pipe(
      map((part) => {
        const copy = [...part];
        transferAll(part);
        return copy;
      }),
    );
    expectObservable(copied).toBe(
      marbles,
      Object.fromEntries(Object.entries(letters).map(([letter, part]) => [letter, [...part]])),
    );
  });
});

describe.each(WILDCARDS)('what comes over %s can be kept', (wildcard) => {
  it('and keeps not much more than it is', async () => {
    const sent = LENGTHS.flatMap((length) => Array.from({ length: 50 }, (_, n) => [bytes(length, n)]));
    const statuses = new Statuses();
    const parts = collect(
      fromPull(wildcard, { codec: raw, bind: true, status: statuses }).pipe(map(([part]) => part!)),
    );
    runs(fromIterable(sent).pipe(toPush(await statuses.endpoint(), { codec: raw, bind: false })));
    for (const part of await parts.first(sent.length)) {
      const shared = part.length > 64 && part.length < 4096 ? 64 : 1;
      expect(part.buffer.byteLength).toBeLessThanOrEqual(part.length * shared);
      expect(part.buffer.byteLength).toBeLessThanOrEqual(Math.max(part.length, 16_384));
    }
  });
});
