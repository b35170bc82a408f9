import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as rx from 'rxjs';
import { bounded, demand, latest, pacedMap, untracked } from 'rxzmq';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { tellsDestination } from '../../src/rx/tellsDestination.js';
import { Inbox, numbers, Stage } from '../demand/stages.js';

// An RxJS whose subscribers call whom they feed something else.
vi.mock('rxjs', () => {
  const require = createRequire(import.meta.url);
  const folder = mkdtempSync(join(tmpdir(), 'rxjs-'));
  try {
    cpSync(dirname(require.resolve('rxjs')), folder, { recursive: true });
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.js')) continue;
      const path = join(folder, name);
      writeFileSync(path, readFileSync(path, 'utf8').replace(/\bdestination\b/g, 'whom'));
    }
    return require(join(folder, 'index.js')) as typeof rx;
  } finally {
    rmSync(folder, { recursive: true });
  }
});

type Source = rx.Observable<unknown>;

function listen(source: Source): void {
  const subscription = source.subscribe({ error: () => undefined });
  onTestFinished(() => subscription.unsubscribe());
}

/** How much is read of a source with a consumer that has room for 3, and then for one more. */
function readThrough(build: (source: Source) => Source): number[] {
  const [inbox, stage] = [new Inbox(...numbers(100)), new Stage(3)];
  listen(build(inbox.values).pipe(stage.take()));
  const before = inbox.read.length;
  stage.give(1);
  return [before, inbox.read.length];
}

it('is seen when the module loads', () => expect(tellsDestination).toBe(false));

describe('a source is held', () => {
  it.each<[string, (source: Source) => Source]>([
    [
      'through operators',
      (s) =>
        s.pipe(
          rx.map((x) => x),
          rx.scan((_, x) => x),
        ),
    ],
    ['through bufferCount', (s) => s.pipe(rx.bufferCount(1))],
    ['through share', (s) => s.pipe(rx.share())],
    ['in a merge', (s) => rx.merge(s, rx.NEVER)],
    ['in a defer', (s) => rx.defer(() => s)],
    ['in a mergeMap, subscribed in the same call', (s) => rx.of(1).pipe(rx.mergeMap(() => s))],
    ['after another one has ended', (s) => rx.concat(new Inbox().end().values, s)],
    ['if a value of another one brings it', (s) => new Inbox(1).values.pipe(rx.switchMap(() => s))],
  ])('%s', (_, build) => expect(readThrough(build)).toEqual([3, 4]));
});

it('a source that is subscribed later, by nobody of ours, has no demand unless it is given', () => {
  const [inbox, stage, choice] = [new Inbox(...numbers(100)), new Stage(3), new rx.Subject<void>()];
  listen(
    choice.pipe(
      rx.switchMap(() => inbox.values),
      stage.take(),
    ),
  );
  choice.next();
  expect(inbox.read.length).toBe(100);
  expect(stage.ungoverned.length).toBe(100);
});

it('values know whether they were asked for', () => {
  const [stage, strange] = [new Stage(10), new rx.Subject<number>()];
  const asked = new Inbox(...numbers(3));
  listen(
    rx.merge(asked.values, strange).pipe(
      pacedMap((x) => rx.of(x)),
      stage.take(),
    ),
  );
  strange.next(-1);
  expect(stage.taken).toEqual([0, 1, 2, -1]);
  expect(stage.ungoverned).toEqual([-1]);
});

describe('a stop is heard in a stall', () => {
  it.each<[string, (signal: Source) => Source]>([
    ['at once', (s) => s],
    ['behind operators', (s) => s.pipe(rx.map((x) => x))],
    ['behind bounded', (s) => s.pipe(bounded(3))],
    ['behind latest', (s) => s.pipe(latest())],
    ['untracked', (s) => s.pipe(untracked())],
  ])('%s', (_, build) => {
    const [data, signal, stage] = [new Inbox(...numbers(10)), new Inbox<string>(), new Stage(0)];
    let ended = false;
    const stopped = data.values.pipe(rx.takeUntil(build(signal.values)));
    listen(
      stopped.pipe(
        stage.take(),
        rx.finalize(() => (ended = true)),
      ),
    );
    expect(data.read).toEqual([]);
    signal.push('stop');
    expect([ended, data.read]).toEqual([true, []]);
  });
});

it('untracked ends demand, both ways', () => {
  for (const free of [
    (s: Source) => s.pipe(untracked()),
    (s: Source) => new rx.Observable((subscriber) => untracked(() => s.subscribe(subscriber))),
  ]) {
    expect(readThrough(free)).toEqual([100, 100]);
  }
});

it('demand() answers while somebody subscribes and in notifications, and nobody hears of it elsewhere', () => {
  const found: unknown[] = [];
  const look = rx.tap<unknown>({ subscribe: () => found.push(demand()), next: () => found.push(demand()) });
  listen(new Inbox(1).values.pipe(look, new Stage(1).take()));
  expect(found.map((one) => typeof one)).toEqual(['object', 'object']);
  expect(demand()).toBeUndefined();
});

it('what a function of an option subscribes is held by nobody', () => {
  const [stage, stranger] = [new Stage(1), new Inbox(...numbers(10))];
  const project = (x: number): Source => {
    stage.places = 0;
    stranger.values.subscribe();
    return rx.of(x);
  };
  listen(new Inbox(1).values.pipe(pacedMap(project), stage.take()));
  expect(stranger.read).toEqual(numbers(10));
});
