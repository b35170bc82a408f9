import { readFileSync } from 'node:fs';
import * as rx from 'rxjs';
import { bounded, latest, pacedMap, tee } from 'rxzmq';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cases } from './support/cases.js';
import { stored } from './support/feeds.js';
import { numbers } from './support/proofs.js';
import { SlowConsumer } from './support/SlowConsumer.js';

// Time stands still in the library, so that no turn of the event loop is ever used up; the rest goes by fake timers.
vi.mock('../../src/rx/defaultClock.js', async () => {
  const { FakeClock } = await import('../helpers/FakeClock.js');
  return { defaultClock: new FakeClock() };
});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** The names in the first column of the tables below each heading of the guide's last chapter but one. */
function namesByHeading(): Record<string, string[]> {
  const guide = readFileSync(new URL('../../docs/demand.md', import.meta.url), 'utf8');
  const [, chapter = ''] = /^## Every operator$(.*?)(?=^## |$(?![^]))/ms.exec(guide) ?? [];
  return Object.fromEntries(
    chapter
      .split(/^### /m)
      .slice(1)
      .map((section) => {
        const [heading = '', ...lines] = section.split('\n');
        const rows = lines.filter((line) => line.startsWith('| `'));
        const first = rows.map((row) => row.split(' | ')[0] ?? '');
        return [heading, first.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name))];
      }),
  );
}

const inGuide = namesByHeading();

describe.each(Object.entries(cases))('%s', (heading, proofs) => {
  it('has the same names in the guide as here', () => {
    expect([...(inGuide[heading] ?? [])].sort()).toEqual(Object.keys(proofs).sort());
  });

  describe.each(Object.entries(proofs))('%s', (_, proof) => {
    it.each([proof].flat().map((prove, i) => ({ i, prove })))('proof $i', ({ prove }) => prove());
  });
});

it('has no heading in the guide without cases, and no name twice below one', () => {
  expect(Object.keys(inGuide)).toEqual(Object.keys(cases));
  for (const names of Object.values(inGuide)) expect(names).toEqual([...new Set(names)]);
});

it('says something of every function of RxJS that is not deprecated', () => {
  const unconcerned =
    'pipe noop identity isObservable lastValueFrom firstValueFrom ' + // no operators
    'combineAll concatMapTo empty exhaust flatMap mapTo mergeMapTo multicast never pairs pluck publish ' + // deprecated
    'publishBehavior publishLast publishReplay refCount repeatWhen retryWhen switchMapTo timeoutWith';
  const functions = Object.entries(rx).filter(([name, value]) => typeof value === 'function' && /^[a-z]/.test(name));
  const said = Object.values(inGuide).flatMap((names) => names.map((name) => /^\w+/.exec(name)?.[0] ?? ''));

  expect(functions.map(([name]) => name).sort()).toEqual(
    [...new Set([...said.filter((name) => name in rx && name !== 'Subject'), ...unconcerned.split(' ')])].sort(),
  );
});

describe('what demand cannot save', () => {
  it('stops a stream that feeds itself', () => {
    const source = stored(numbers(100));
    const out: unknown[] = [];
    const looped = source.source.pipe(rx.share());
    const wait = pacedMap(() => looped.pipe(rx.elementAt(4)), { concurrency: 4 });
    const subscription = looped.pipe(wait).subscribe((value) => out.push(value));

    expect([source.reads, out]).toEqual([4, []]); // all inner streams wait for more
    subscription.unsubscribe();
  });

  it.each([
    ['windowCount', rx.windowCount<number>(100), 1],
    ['groupBy', rx.groupBy((value: number) => value % 10), 4],
  ] as const)('stops at inner streams of %s that wait for their own source', (_, operator, concurrency) => {
    const source = stored(numbers(1000));
    const windows = source.source.pipe(operator as rx.OperatorFunction<number, rx.Observable<number>>);
    const out: unknown[] = [];
    windows.pipe(pacedMap(rx.toArray(), { concurrency })).subscribe((value) => out.push(value));

    expect(source.reads).toBeLessThanOrEqual(4);
    expect(out).toEqual([]);
  });

  it('stops where branches meet again that are out of step', () => {
    const source = stored(numbers(100));
    const met = new rx.Subject<unknown>();
    const waits = pacedMap<number, rx.Observable<unknown>>(() => met.pipe(rx.take(1)), { concurrency: 4 });
    const collects = rx.pipe(rx.bufferCount<number>(10), rx.tap(met));
    source.source.pipe(tee(waits, collects)).subscribe();

    expect(source.reads).toBe(4);
  });
});

it('keeps the newest, or the oldest, of what nobody can hold back', () => {
  const taken = (operator: rx.MonoTypeOperatorFunction<unknown>): unknown[] => {
    const subject = new rx.Subject<unknown>();
    const consumer = new SlowConsumer({ concurrency: 1, maxBuffered: 0 });
    consumer.consume(subject.pipe(operator));
    for (const letter of 'abcdefg') subject.next(letter);
    consumer.finish();
    consumer.finish();
    return consumer.started;
  };

  expect(taken(latest())).toEqual(['a', 'g']);
  expect(taken(bounded(2, 'drop-oldest'))).toEqual(['a', 'f', 'g']);
  expect(taken(bounded(2, 'drop-newest'))).toEqual(['a', 'b', 'c']);
});
