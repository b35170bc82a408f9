import { concat, firstValueFrom, lastValueFrom, map, NEVER, of, range, Subject, take, tap, toArray } from 'rxjs';
import { frame, fromPull, fromSub, iterate, reply, request, text, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { driver, either } from '../helpers/driver.js';
import { Statuses } from '../helpers/Statuses.js';

let names = 0;
const name = (): string => `inproc://inproc.test.${(names += 1)}`;
const codec = text;
const lines = Array.from({ length: 10 }, (_, i) => `line ${i}`);

describe('over inproc', () => {
  it.each([true, false])(
    'what was handed over before the sink completed is read afterwards (sink binds: %s)',
    async (bind) => {
      const endpoint = name();
      const heard = new Statuses();
      const source = fromPull(endpoint, { codec, bind: !bind, status: heard });
      const received = iterate(source)[Symbol.asyncIterator]();
      const first = received.next();
      await lastValueFrom(of(...lines).pipe(toPush(endpoint, { codec, bind })));
      const got = [(await first).value];
      while (got.length < lines.length) got.push((await received.next()).value);
      expect(got).toEqual(lines);
      await received.return?.();
    },
  );

  it.each([true, false])(
    'what was accepted is delivered though the sink was unsubscribed (sink binds: %s)',
    async (bind) => {
      const endpoint = name();
      const received = collect(fromPull(endpoint, { codec, bind: !bind }));
      await firstValueFrom(concat(of(...lines), NEVER).pipe(toPush(endpoint, { codec, bind }), take(3), toArray()));
      expect(await received.first(3)).toEqual(lines.slice(0, 3));
      expect(received.values).toHaveLength(3);
    },
  );

  it.each([true, false])('a side that comes back is found again (sink binds: %s)', async (bind) => {
    const endpoint = name();
    // libzmq's connecting side of inproc does not find one that is bound anew
    if (driver === 'native' && !bind) return;
    for (let round = 0; round < 3; round += 1) {
      const received = collect(fromPull(endpoint, { codec, bind: !bind }).pipe(take(2)));
      await lastValueFrom(of(`${round}.0`, `${round}.1`).pipe(toPush(endpoint, { codec, bind })));
      await received.completed;
      expect(received.values).toEqual([`${round}.0`, `${round}.1`]);
    }
  });

  it.each([100, 10_000])('subscribers in one process each have samples of their own (%d)', async (count) => {
    const endpoint = name();
    const subscribers = [0, 1].map(() => collect(fromSub(endpoint).pipe(take(1))));
    await lastValueFrom(of(new Int16Array(count)).pipe(toPub(endpoint, { waitForSubscribers: 2, zeroCopy: true })));
    const [one, other] = await Promise.all(subscribers.map(async (each) => (await each.first(1))[0]!));
    one!.samples.fill(1);
    expect(other!.samples.every((sample) => sample === 0)).toBe(true);
  });

  it.runIf(driver === 'engine')('the connecting side outlives the one that binds', async () => {
    const endpoint = name();
    const statuses = new Statuses();
    const received = collect(fromPull(endpoint, { codec, status: statuses }));
    for (let round = 1; round <= 3; round += 1) {
      await lastValueFrom(of(`${round}`).pipe(toPush(endpoint, { codec })));
      await statuses.nth('disconnected', round);
    }
    expect(received.values).toEqual(['1', '2', '3']);
  });

  it('tells what its driver can tell', async () => {
    const endpoint = name();
    const [bound, connected] = [new Statuses(), new Statuses()];
    const feed = new Subject<string>();
    const sent = collect(feed.pipe(toPush(endpoint, { codec, status: bound })));
    const received = collect(fromPull(endpoint, { codec, status: connected }).pipe(take(1)));
    feed.next('only');
    await received.completed;
    feed.complete();
    await sent.completed;
    await connected.first('closed');
    const kinds = ({ all }: Statuses) => all.map(({ kind }) => kind);
    expect(kinds(bound)).toEqual(either(['listening', 'connected', 'disconnected', 'closed'], ['listening', 'closed']));
    expect(kinds(connected)).toEqual(either(['connecting', 'connected', 'closed'], ['closed']));
    expect([...bound.all, ...connected.all].every((status) => status.endpoint === endpoint)).toBe(true);
  });

  it('serves requests', async () => {
    const endpoint = name();
    const server = reply(endpoint, (asked: string) => asked.toUpperCase(), { codec }).subscribe();
    const answers = of(...lines).pipe(request(endpoint, { codec, concurrency: 4 }), toArray());
    expect(await lastValueFrom(answers)).toEqual(lines.map((line) => line.toUpperCase()));
    server.unsubscribe();
  });

  it.runIf(driver === 'engine')('gives each subscriber memory of its own', async () => {
    const endpoint = name();
    const statuses = new Statuses();
    const options = { waitForSubscribers: 2, status: statuses } as const;
    for (const length of [8, 2 ** 16]) {
      const both = [fromSub(endpoint), fromSub(endpoint)].map((source) => collect(source.pipe(take(1))));
      await lastValueFrom(of(frame(new Int16Array(length).fill(3))).pipe(toPub(endpoint, options)));
      for (const { completed } of both) await completed;
      const [one, other] = both.map(({ values: [value] }) => value!.samples);
      one!.fill(0);
      expect(other!.every((value) => value === 3)).toBe(true);
    }
  });

  it('has no depth: each relay of a long chain is called when the one before is done', async () => {
    const endpoints = Array.from({ length: 50 }, name);
    let depth = 0;
    let deepest = 0;
    const relays = endpoints.slice(1).map((next, i) =>
      fromPull(endpoints[i]!, { codec })
        .pipe(
          tap(() => (deepest = Math.max(deepest, (depth += 1)))),
          map((line) => `${line}.`),
          tap(() => (depth -= 1)),
          toPush(next, { codec }),
        )
        .subscribe(),
    );
    const received = collect(fromPull(endpoints.at(-1)!, { codec }).pipe(take(1000)));
    await lastValueFrom(range(0, 1000).pipe(map(String), toPush(endpoints[0]!, { codec })));
    await received.completed;
    expect(received.values).toEqual(Array.from({ length: 1000 }, (_, i) => `${i}${'.'.repeat(49)}`));
    expect(deepest).toBe(1);
    for (const subscription of relays) subscription.unsubscribe();
  });
});
