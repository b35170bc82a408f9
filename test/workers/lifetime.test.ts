import { AsyncLocalStorage } from 'node:async_hooks';
import { lastValueFrom, NEVER, of, Subject, take, toArray, concat, range, map, retry, tap } from 'rxjs';
import { fromIterable } from 'rxzmq';
import { offload, WorkerError } from 'rxzmq/workers';
import { afterEach, describe, expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { Gates } from './Gates.js';
import { builtStages } from './stages.js';
import type { Act } from './stages/act.js';

const built = builtStages();
type Module = typeof import('./stages/act.js');
const act = (options: Parameters<typeof offload<Module>>[1] = {}) => offload<Module>(built('act'), options);
const give = (value: unknown): Act => ({ do: 'give', value });

/** How many workers this process has. */
const workers = () =>
  process.getActiveResourcesInfo().filter((name) => name === 'Worker' || name === 'MessagePort').length;
const before = 0;
const gone = () => expect.poll(workers, { timeout: 240_000 }).toBeLessThanOrEqual(before);

describe('a worker that dies', () => {
  it.each<[Act, RegExp, object]>([
    [{ do: 'exit', code: 3 }, /has ended with exit code 3, at work on a value$/, { exitCode: 3 }],
    [{ do: 'fill' }, /has run out of memory, at work on a value$/, { cause: { code: 'ERR_WORKER_OUT_OF_MEMORY' } }],
    [
      { do: 'throwLater' },
      /an error that nothing caught: too far, at work on a value$/,
      { cause: { message: 'too far' } },
    ],
  ])('is an error that has its value: %o', { timeout: 240_000 }, async (one, text, facts) => {
    const options = { resourceLimits: { maxOldGenerationSizeMb: 30 } };
    const error = (await collect(concat(of(one), NEVER).pipe(act(options))).error) as WorkerError;
    expect(error).toBeInstanceOf(WorkerError);
    expect(error).toMatchObject({ code: 'ERR_WORKER', stage: built('act').href, lost: [one], ...facts });
    expect(error.message).toMatch(text);
  });

  it('with nothing to do is an error too', async () => {
    const got = collect(concat(of<Act>({ do: 'idleExit' }), NEVER).pipe(act()));
    expect(await got.error).toMatchObject({
      code: 'ERR_WORKER',
      lost: [],
      exitCode: 5,
      message: /with nothing to do$/,
    });
    expect(got.values).toEqual(['soon']);
  });

  it(
    'is replaced with `onLost`, which hears of its value; all others come, in order',
    { timeout: 240_000 },
    async () => {
      const lost: WorkerError[] = [];
      const acts = Array.from({ length: 40 }, (_, i): Act => (i % 10 === 5 ? { do: 'exit', code: i } : give(i)));
      const source = fromIterable(acts).pipe(act({ workers: 2, onLost: (error) => lost.push(error) }), toArray());
      expect(await lastValueFrom(source)).toEqual(Array.from({ length: 40 }, (_, i) => i).filter((i) => i % 10 !== 5));
      expect(lost.map((error) => error.lost)).toEqual([5, 15, 25, 35].map((code) => [{ do: 'exit', code }]));
      expect(lost.every((error) => error instanceof WorkerError)).toBe(true);
    },
  );

  it('is replaced when it has nothing to do, and by an observer', async () => {
    const lost = new Subject<WorkerError>();
    const source = new Subject<Act>();
    const got = collect(source.pipe(act({ onLost: lost })));
    const heard = lastValueFrom(lost.pipe(take(1)));
    source.next({ do: 'idleExit' });
    expect(await heard).toMatchObject({ lost: [] });
    source.next(give(1));
    expect(await got.first(2)).toEqual(['soon', 1]);
  });

  it('is not replaced where `onLost` throws, or ends the subscription', async () => {
    const failure = new Error('failure');
    const thrown = collect(
      of<Act>({ do: 'exit', code: 1 }).pipe(
        act({
          onLost: () => {
            throw failure;
          },
        }),
      ),
    );
    expect(await thrown.error).toBe(failure);
    let hasEnded = 0;
    const ended = collect(
      concat(of<Act>({ do: 'exit', code: 1 }), NEVER).pipe(
        act({
          onLost: () => {
            hasEnded += 1;
            ended.unsubscribe();
          },
        }),
      ),
    );
    await expect.poll(() => hasEnded).toBe(1);
    await gone();
  });

  it('leaves a stream that can be tried again', async () => {
    let tries = 0;
    const source = of<Act>({ do: 'nothing' }).pipe(
      map((): Act => ((tries += 1) < 3 ? { do: 'exit', code: 1 } : give('at last'))),
      act(),
      retry(5),
    );
    expect(await lastValueFrom(source)).toBe('at last');
    expect(tries).toBe(3);
  });
});

describe('workers end', () => {
  afterEach(gone);

  it('with the stream', async () => {
    await lastValueFrom(range(0, 20).pipe(map(give), act({ workers: 3 })));
    await gone();
  });

  it('when it is unsubscribed in the middle of a value, which a stage does not hear of', async () => {
    const gates = new Gates(3);
    const got = collect(of(gates.act(1), gates.act(2), gates.act(3)).pipe(act({ workers: 2 })));
    await gates.whenBegun(2);
    expect(workers()).toBeGreaterThan(before);
    got.unsubscribe();
    await gone();
    expect(gates.begun).toBe(2);
    expect(got.values).toEqual([]);
  });

  it('when it is unsubscribed before they have loaded', async () => {
    for (let i = 0; i < 5; i += 1) collect(of(give(1)).pipe(act({ workers: 2 }))).unsubscribe();
    await gone();
  });

  it('when `signal` aborts, with its reason', async () => {
    const gates = new Gates(1);
    const controller = new AbortController();
    const got = collect(of(gates.act(1)).pipe(act({ signal: controller.signal })));
    await gates.whenBegun(1);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await got.error).toBe(reason);
    await gone();
  });

  it('or never begin, where it had aborted before: the source is not subscribed', async () => {
    const controller = new AbortController();
    controller.abort('early');
    let subscribed = 0;
    const source = of(give(1)).pipe(tap({ subscribe: () => (subscribed += 1) }));
    expect(await collect(source.pipe(act({ signal: controller.signal }))).error).toBe('early');
    expect(subscribed).toBe(0);
    expect(workers()).toBeLessThanOrEqual(before);
  });

  it('with an error of the stage, and those that were at work meanwhile', async () => {
    const gates = new Gates(1);
    const source = new Subject<Act>();
    const got = collect(source.pipe(act({ workers: 2 })));
    source.next(gates.act(1));
    await gates.whenBegun(1);
    source.next({ do: 'throw', kind: 'range' });
    expect(await got.error).toBeInstanceOf(RangeError);
    await gone();
  });

  it('with those that they have started themselves', { timeout: 240_000 }, async () => {
    const gates = new Gates(1);
    const outer = offload<typeof import('./stages/outer.js')>(built('outer'), { settings: built('act').href });
    expect(await lastValueFrom(of<Act[]>(give(1), give(2)).pipe(outer, toArray()))).toEqual([1, 2]);
    const got = collect(of(gates.act(1)).pipe(outer));
    await gates.whenBegun(1);
    got.unsubscribe();
    await gone();
  });
});

it('does what a consumer does to it while it speaks: unsubscribe, subscribe, feed', async () => {
  const source = new Subject<Act>();
  const values: unknown[] = [];
  const done = new Promise<void>((resolve) => {
    const subscription = source.pipe(act({ workers: 2 })).subscribe((value) => {
      values.push(value);
      if (value === 1) source.next(give(2));
      if (value !== 2) return;
      subscription.unsubscribe();
      collect(
        of(give(3)).pipe(
          act(),
          tap((three) => values.push(three)),
        ),
      ).completed.then(resolve, resolve);
    });
  });
  source.next(give(1));
  await done;
  expect(values).toEqual([1, 2, 3]);
});

it('speaks in the async context of its subscription', async () => {
  const storage = new AsyncLocalStorage<string>();
  const heard: unknown[] = [];
  const hear = () => heard.push(storage.getStore());
  const source = new Subject<Act>();
  const got = storage.run('mine', () => collect(source.pipe(act({ onLost: hear }), tap(hear))));
  source.next({ do: 'exit', code: 1 });
  source.next(give(1));
  await storage.run('other', () => got.first(1));
  expect(heard).toEqual(['mine', 'mine']);
});

it('holds no memory of what has passed', { timeout: 240_000 }, async () => {
  function* frames() {
    for (let i = 0; i < 6000; i += 1) yield new Float32Array(16_384).fill(i); // 375 MiB in all
  }
  const same = offload<typeof import('./stages/same.js')>(built('same'), { workers: 2 });
  let most = 0;
  let count = 0;
  await lastValueFrom(
    fromIterable(frames()).pipe(
      same,
      tap(() => {
        count += 1;
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      }),
    ),
  );
  expect(count).toBe(6000);
  expect(most).toBeLessThan(128 * 1024 * 1024);
});
