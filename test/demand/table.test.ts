import { readFileSync } from 'node:fs';
import * as rx from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cases } from './support/cases.js';

// Time stands still in the library, so that no turn of the event loop is ever used up; the rest goes by fake timers.
vi.mock('../../src/internal/defaultClock.js', async () => {
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
