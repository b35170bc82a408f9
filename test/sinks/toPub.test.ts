import { firstValueFrom, lastValueFrom, map, range, Subject, of, tap, toArray, take, merge, switchMap } from 'rxjs';
import { decodeFrame, frame, fromIterable, fromSub, json, raw, text, topic, toPub } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Subscriber } from 'zeromq';
import { driver } from '../helpers/driver.js';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';
const samples = new Int16Array([1, 2, 3, 4]);

/** The integers below `end`, each made when it is asked for. */
function* range0(end: number): Generator<number> {
  for (let i = 0; i < end; i += 1) yield i;
}

function subscriber(endpoint: string, ...topics: string[]): Subscriber {
  const sub = new Subscriber();
  sub.subscribe(...(topics.length > 0 ? topics : ['']));
  sub.connect(endpoint);
  return sub;
}

describe('toPub', () => {
  it.each([1, 3])('delivers the first frame to %i subscribers that it waits for', async (n) => {
    const statuses = new Statuses();
    const sent = lastValueFrom(of(samples).pipe(toPub(bind, { waitForSubscribers: n, status: statuses })));
    const endpoint = await statuses.endpoint();
    const subs = Array.from({ length: n }, () => subscriber(endpoint));
    for (const sub of subs) expect(decodeFrame(await sub.receive())).toEqual(await sent);
    for (const sub of subs) sub.close();
  });

  it('waits for subscribers of different topics, and of several each', async () => {
    const statuses = new Statuses();
    const codec = topic(text);
    const source = of({ topic: 'a', value: '1' }, { topic: 'b', value: '2' }, { topic: 'c', value: '3' });
    const done = lastValueFrom(source.pipe(toPub(bind, { codec, waitForSubscribers: 2, status: statuses })));
    const endpoint = await statuses.endpoint();
    const one = subscriber(endpoint, 'a', 'b');
    await statuses.first('subscribed');
    const other = subscriber(endpoint, 'c');
    await done;
    expect((await one.receive()).map(String)).toEqual(['a', '1']);
    expect((await one.receive()).map(String)).toEqual(['b', '2']);
    expect((await other.receive()).map(String)).toEqual(['c', '3']);
    one.close();
    other.close();
  });

  it('connects to a subscriber that binds', async () => {
    const sub = new Subscriber();
    sub.subscribe('');
    await sub.bind(bind);
    const sent = lastValueFrom(of(samples).pipe(toPub(sub.lastEndpoint ?? '', { bind: false, waitForSubscribers: 1 })));
    expect(decodeFrame(await sub.receive())).toEqual(await sent);
    sub.close();
  });

  it('tells how many subscribe, coming and going', async () => {
    const statuses = new Statuses();
    const subscription = new Subject<Int16Array>().pipe(toPub(bind, { status: statuses })).subscribe();
    const endpoint = await statuses.endpoint();
    const counts = firstValueFrom(
      statuses.of('subscribed').pipe(
        map(({ count }) => count),
        take(4),
        toArray(),
      ),
    );
    const one = subscriber(endpoint);
    expect((await statuses.nth('subscribed', 1)).count).toBe(1);
    const two = subscriber(endpoint, 'a', 'b', 'c');
    expect((await statuses.nth('subscribed', 2)).count).toBe(2);
    one.close();
    expect((await statuses.nth('subscribed', 3)).count).toBe(1);
    two.close();
    expect(await counts).toEqual([1, 2, 1, 0]);
    subscription.unsubscribe();
  });

  it('sends to all whose topic fits', async () => {
    const statuses = new Statuses();
    const codec = topic(json<number>());
    const source = new Subject<{ topic: string; value: number }>();
    source.pipe(toPub(bind, { codec, status: statuses })).subscribe();
    const endpoint = await statuses.endpoint();
    const all = lastValueFrom(fromSub(endpoint, { codec }).pipe(take(3), toArray()));
    const some = lastValueFrom(fromSub(endpoint, { codec, topics: ['b'] }).pipe(take(1), toArray()));
    await firstValueFrom(
      statuses.of('subscribed').pipe(
        tap(),
        map(({ count }) => count),
        take(2),
        toArray(),
      ),
    );
    for (const [i, name] of ['a', 'b', 'c'].entries()) source.next({ topic: name, value: i });
    expect((await all).map((m) => m.topic)).toEqual(['a', 'b', 'c']);
    expect(await some).toEqual([{ topic: 'b', value: 1 }]);
    source.complete();
  });

  it('never waits without noDrop: what nobody subscribed to is gone', async () => {
    const statuses = new Statuses();
    const sent = await lastValueFrom(of(samples, samples).pipe(toPub(bind, { status: statuses }), toArray()));
    expect(sent.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(statuses.all.at(-1)?.kind).toBe('closed');
  });

  it('drops at the mark of a slow subscriber, and the rest reaches it', async () => {
    const statuses = new Statuses();
    const sub = new Subscriber({ receiveHighWaterMark: 1 });
    const source = fromIterable(range0(2000)).pipe(map(() => new Int8Array(50_000)));
    const options = { waitForSubscribers: 1, highWaterMark: 5, zeroCopy: true, status: statuses } as const;
    const sent = lastValueFrom(source.pipe(toPub(bind, options), toArray()));
    sub.subscribe('');
    sub.connect(await statuses.endpoint());
    expect(decodeFrame(await sub.receive()).sequence).toBe(0);
    expect((await sent).length).toBe(2000);
    await statuses.first('closed');
    const told = statuses.all.flatMap((status) => (status.kind === 'dropped' ? [status] : []));
    if (driver === 'engine') {
      const dropped = told.reduce((sum, { count = 0 }) => sum + count, 0);
      expect(dropped).toBeGreaterThan(0);
      for (let n = dropped + 1; n < 2000; n += 1) await sub.receive(); // all the others
    } else expect(told.filter(({ count }) => count !== undefined)).toEqual([]); // libzmq does not tell
    sub.close();
  });

  it('holds back at the mark of a slow subscriber with noDrop, and loses nothing', async () => {
    const statuses = new Statuses();
    const sub = new Subscriber({ receiveHighWaterMark: 1 });
    sub.subscribe('');
    let accepted = 0;
    const source = range(0, 1000).pipe(map(() => new Int8Array(100_000)));
    const options = {
      waitForSubscribers: 1,
      noDrop: true,
      highWaterMark: 2,
      zeroCopy: true,
      status: statuses,
    } as const;
    const done = lastValueFrom(
      source.pipe(
        toPub(bind, options),
        map(() => (accepted += 1)),
      ),
    );
    sub.connect(await statuses.endpoint());
    expect(decodeFrame(await sub.receive()).sequence).toBe(0);
    expect(accepted).toBeLessThan(1000);
    for (let i = 1; i < 1000; i += 1) expect(decodeFrame(await sub.receive()).sequence).toBe(i);
    expect(await done).toBe(1000);
    sub.close();
  });

  it('is not held up by one subscriber for another', async () => {
    const statuses = new Statuses();
    const stalled = new Subscriber({ receiveHighWaterMark: 1 });
    stalled.subscribe('');
    const source = new Subject<Int8Array>();
    const done = lastValueFrom(source.pipe(toPub(bind, { highWaterMark: 1000, status: statuses })));
    const endpoint = await statuses.endpoint();
    stalled.connect(endpoint);
    await statuses.nth('subscribed', 1);
    const quick = fromSub(endpoint).pipe(
      map(({ sequence }) => sequence),
      take(300),
      toArray(),
    );
    const received = lastValueFrom(quick);
    await statuses.nth('subscribed', 2);
    for (let i = 0; i < 300; i += 1) source.next(new Int8Array(2));
    expect(await received).toEqual(Array.from({ length: 300 }, (_, i) => i));
    source.complete();
    await done;
    stalled.close();
  });

  it('tells what a stalled subscriber did not take at the end', async () => {
    const statuses = new Statuses();
    const stalled = new Subscriber({ receiveHighWaterMark: 1 });
    stalled.subscribe('');
    const source = statuses.of('subscribed').pipe(
      take(1), // from then on the linger counts what goes out
      switchMap(() => range(0, 500)),
      map(() => new Int8Array(200_000)),
    );
    const options = { waitForSubscribers: 1, zeroCopy: true, lingerMs: 100, status: statuses } as const;
    const done = lastValueFrom(source.pipe(toPub(bind, options)));
    stalled.connect(await statuses.endpoint());
    await done;
    if (driver === 'engine') {
      const full = await statuses.nth('dropped', 1);
      const late = await statuses.nth('dropped', 2);
      expect([full.reason, late.reason]).toEqual([
        'the queue of a peer was full',
        'it was not taken within the linger',
      ]);
      for (let n = (full.count ?? 0) + (late.count ?? 0); n < 500; n += 1) await stalled.receive(); // the kernel had those
    } else {
      // libzmq does not tell what it drops while it runs, nor how much was left
      const { count, reason } = await statuses.first('dropped');
      expect({ count, reason }).toEqual({ count: undefined, reason: 'it was not taken within the linger' });
    }
    stalled.close();
  });

  it.runIf(driver === 'engine').each([
    ['maxSubscriptions', { maxSubscriptions: 2 }, ['a', 'b'], ['a', 'b', 'c'], 'more than 2 subscriptions'],
    [
      'maxSubscriptionBytes',
      { maxSubscriptionBytes: 2 * 257 },
      ['a', 'b'],
      ['a', 'b', 'c'],
      'subscriptions that weigh more than 514 bytes',
    ],
    ['maxTopicBytes', { maxTopicBytes: 4 }, ['four'], ['fives'], 'a topic of 5 bytes, 4 are allowed'],
  ])('%s: drops a subscriber that asks for more, and serves the others', async (_, limit, good, bad, reason) => {
    const statuses = new Statuses();
    const feed = new Subject<{ topic: string; value: string }>();
    const subscription = feed.pipe(toPub(bind, { codec: topic(text), status: statuses, ...limit })).subscribe();
    const endpoint = await statuses.endpoint();
    const fine = subscriber(endpoint, ...good);
    await statuses.first('subscribed');
    const greedy = subscriber(endpoint, ...bad);
    expect((await statuses.first('disconnected')).reason).toBe(reason);
    feed.next({ topic: good[0]!, value: 'still here' });
    expect((await fine.receive()).map(String)).toEqual([good[0], 'still here']);
    subscription.unsubscribe();
    for (const sub of [fine, greedy]) sub.close();
  });

  it('says what it held back when nobody came within lingerMs', async () => {
    const held = lastValueFrom(of(samples, samples).pipe(toPub(bind, { waitForSubscribers: 1, lingerMs: 30 })));
    await expect(held).rejects.toMatchObject({ code: 'ERR_DRAIN', framesLeft: 2 });
  });

  it.each([
    [{ waitForSubscribers: -1 }, /'waitForSubscribers' must be an integer from 0/],
    [{ waitForSubscribers: '1' }, /'waitForSubscribers' must be an integer/],
    [{ noDrop: 1 }, /'noDrop' must be a boolean, got 1/],
    [{ maxSubscriptionBytes: 0 }, /'maxSubscriptionBytes' must be an integer from 1/],
    [{ maxSubscriptions: 0 }, /'maxSubscriptions' must be an integer from 1/],
    [{ maxTopicBytes: -1 }, /'maxTopicBytes' must be an integer from 0/],
    [{ waitForSubscriber: 1 }, /did you mean 'waitForSubscribers'/],
    [{ codec: raw, sampleRate: 1 }, /'sampleRate' is for Frames/],
  ])('refuses %j', (options, expected) => {
    expect(() => toPub(bind, options as never)).toThrow(expected);
  });

  it('publishes for all of a merge with one sequence', async () => {
    const statuses = new Statuses();
    const source = merge(of(samples), of(frame(samples)));
    const sent = lastValueFrom(source.pipe(toPub(bind, { waitForSubscribers: 1, status: statuses }), toArray()));
    const sub = subscriber(await statuses.endpoint());
    expect((await sent).map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(decodeFrame(await sub.receive()).sequence).toBe(0);
    sub.close();
  });
});
