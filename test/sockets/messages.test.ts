import { filter, firstValueFrom, map, mergeMap, type Observable, Subject, take, timer, toArray } from 'rxjs';
import { latest, pacedMap } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { bound, drivers, open, textOf } from './open.js';

let count = 0;

describe.each(drivers)('messages on %s', (driver) => {
  const ahead = driver === 'native' ? 1 : 0; // messages that are read before they are wanted

  /** A push and a pull socket in one process, with marks of five messages together. */
  async function ends(status?: Statuses) {
    const endpoint = `inproc://messages ${driver} ${(count += 1)}`;
    const pull = open('pull', { driver, receiveHighWaterMark: 2, status });
    await bound(pull, endpoint);
    const push = open('push', { driver, sendHighWaterMark: 3 }).connect(endpoint);
    await push.opened;
    return { push, pull };
  }

  /** Sends `total` numbers; gives how many were taken when nothing goes on any more. */
  async function taken(push: { send(text: string): Promise<void> }, total: number): Promise<() => Promise<number>> {
    let done = 0;
    for (let n = 0; n < total; n += 1)
      void push.send(String(n)).then(
        () => (done += 1),
        () => undefined,
      );
    return async () => {
      for (let idle = 0, before = -1; idle < 50; before = done) {
        await new Promise((resolve) => setTimeout(resolve, 1)); // a native send is tried again after so long
        idle = done === before ? idle + 1 : 0;
      }
      return done;
    };
  }

  const numbers = (messages: Observable<Uint8Array[]>) => messages.pipe(map(([n]) => Number(textOf(n!))));

  it('nothing is read while nobody is subscribed: the marks hold', async () => {
    const { push, pull } = await ends();
    const settled = await taken(push, 20);
    expect(await settled()).toBe(5); // room comes back in steps, so that the one read ahead makes none
    const first = await firstValueFrom(numbers(pull.messages).pipe(take(2), toArray()));
    expect(first).toEqual([0, 1]);
    expect(await settled()).toBe(5 + 3 * ahead);
    expect(await firstValueFrom(numbers(pull.messages).pipe(take(18), toArray()))).toEqual(
      Array.from({ length: 18 }, (_, n) => n + 2),
    );
  });

  it('each subscriber gets what comes while it is subscribed, the same objects', async () => {
    const { push, pull } = await ends();
    const early = collect(pull.messages);
    await push.send('a');
    await early.first(1);
    const late = collect(pull.messages);
    expect(pull.messages).toBe(pull.messages);
    await push.send('b');
    await push.send('c');
    const [, b, c] = await early.first(3);
    expect(await late.first(2)).toEqual([b, c]);
    expect(late.values[0]).toBe(b);
    expect(late.values[1]).toBe(c);
  });

  it('the slowest of its consumers holds it back, until it leaves', async () => {
    const statuses = new Statuses();
    const { push, pull } = await ends(statuses);
    const busy = new Subject<number>();
    const slow = collect(numbers(pull.messages).pipe(pacedMap(() => busy, { concurrency: 2 })));
    const fast = collect(numbers(pull.messages));
    const other = collect(numbers(pull.messages).pipe(pacedMap((n) => [n])));
    const settled = await taken(push, 30);
    await statuses.first('stalled');
    expect(await settled()).toBeLessThanOrEqual(2 + 5 + 3 * ahead); // native makes room for three at a time
    expect(fast.values).toEqual([0, 1]);
    expect(other.values).toEqual([0, 1]);
    slow.unsubscribe();
    expect(await fast.first(30)).toEqual(Array.from({ length: 30 }, (_, n) => n));
    await other.first(30);
    await statuses.first('resumed');
  });

  it('goes on when the slowest has room again', async () => {
    const { push, pull } = await ends();
    const gates: Subject<never>[] = [];
    const slow = collect(
      numbers(pull.messages).pipe(
        pacedMap(() => {
          const gate = new Subject<never>();
          gates.push(gate);
          return gate;
        }),
      ),
    );
    const fast = collect(numbers(pull.messages));
    const settled = await taken(push, 10);
    for (let n = 0; n < 10; n += 1) {
      await fast.first(n + 1);
      await settled();
      expect(fast.values.length).toBe(n + 1);
      gates[n]!.complete();
    }
    slow.unsubscribe();
  });

  it('an operator that needs not all holds nothing back', async () => {
    const { push, pull } = await ends();
    const sampled = collect(numbers(pull.messages).pipe(latest()));
    const settled = await taken(push, 100);
    expect(await settled()).toBe(100);
    await sampled.first(1);
  });

  it('a relay to a sink that stalls loses nothing', async () => {
    const { push, pull } = await ends();
    const out = open('push', { driver, sendHighWaterMark: 1 });
    collect(pull.messages.pipe(out.sink()));
    const settled = await taken(push, 40);
    expect(await settled()).toBeLessThanOrEqual(5 + ahead + 1);
    const end = open('pull', { driver, receiveHighWaterMark: 1 });
    const received = firstValueFrom(numbers(end.messages).pipe(take(40), toArray()));
    out.connect(await bound(end));
    expect(await received).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  it('tells no stall where nobody is subscribed', async () => {
    const statuses = new Statuses();
    const { push, pull } = await ends(statuses);
    const busy = new Subject<number>();
    const slow = collect(numbers(pull.messages).pipe(pacedMap(() => busy)));
    void push.send('0');
    void push.send('1');
    await statuses.first('stalled');
    slow.unsubscribe();
    await statuses.first('resumed');
    const settled = await taken(push, 10);
    await settled();
    await firstValueFrom(timer(150)); // longer than a stall lasts before it is told
    expect(statuses.all.filter(({ kind }) => kind === 'stalled').length).toBe(1);
  });

  it('completes when the socket is closed, and for whoever comes later', async () => {
    const { pull } = await ends();
    const all = [collect(pull.messages), collect(pull.messages)];
    await pull.close();
    all.push(collect(pull.messages));
    for (const { completed } of all) await completed;
  });

  it('errors when the socket fails, and for whoever comes later', async () => {
    const endpoint = await bound(open('pull', { driver }));
    const pull = open('pull', { driver });
    const before = collect(pull.messages);
    pull.bind(endpoint);
    const error = await before.error;
    expect(error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind', endpoint, cause: { code: 'EADDRINUSE' } });
    expect(await collect(pull.messages).error).toBe(error);
    await expect(pull.opened).rejects.toBe(error);
    await pull.close();
  });

  it('can be subscribed within a message, and the socket closed', async () => {
    const { push, pull } = await ends();
    const inner = collect(
      pull.messages.pipe(
        take(1),
        mergeMap(() => numbers(pull.messages)),
        filter((n) => n > 1),
      ),
    );
    for (let n = 0; n < 3; n += 1) void push.send(String(n));
    expect(await inner.first(1)).toEqual([2]);
    const seen = collect(pull.messages);
    pull.messages.subscribe(() => void pull.close());
    void push.send('3');
    await seen.completed;
    expect(seen.values.length).toBe(1);
  });

  it('lets timers in, however fast messages come', async () => {
    const [push, pull] = [open('push', { driver }), open('pull', { driver })];
    push.connect(await bound(pull));
    let sinceTimer = 0;
    let most = 0;
    const ticks = setInterval(() => (sinceTimer = 0), 1);
    const done = firstValueFrom(
      pull.messages.pipe(
        map(() => {
          for (const end = performance.now() + 1; performance.now() < end;);
          most = Math.max(most, (sinceTimer += 1));
        }),
        take(300),
        toArray(),
      ),
    );
    for (let n = 0; n < 300; n += 1) await push.send('x');
    await done;
    clearInterval(ticks);
    expect(most).toBeLessThan(30); // each takes 1 ms of a turn of a few; without turns it is hundreds
  });
});
