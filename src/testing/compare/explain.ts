import { describe } from './describe.js';
import { type Comparison, difference } from './difference.js';
import type { Expected, Notice } from './Notice.js';
import { timeline } from './timeline.js';

const MOST_LINES = 12;

/** Describes the differences from the expected, line by line; empty if there are none. */
export function explain(actual: readonly Notice[], expected: readonly Expected[], how: Comparison): string | undefined {
  const lines = linesOf(actual, expected, how);
  if (lines.length === 0) return undefined;
  const more = lines.length > MOST_LINES ? [`and ${lines.length - MOST_LINES} more`] : [];
  return [
    `expected  ${timeline(expected.map((one) => ({ frame: one.notice.frame, letter: letterOf(one) })))}`,
    `got       ${timeline(actual.map((notice) => ({ frame: notice.frame, letter: meant(notice, expected, how) })))}`,
    ...lines.slice(0, MOST_LINES),
    ...more,
  ]
    .map((line) => `  ${line}`)
    .join('\n');
}

function linesOf(actual: readonly Notice[], expected: readonly Expected[], how: Comparison): string[] {
  const frames = new Set([...expected.map(({ notice }) => notice.frame), ...actual.map(({ frame }) => frame)]);
  return [...frames]
    .sort((one, other) => one - other)
    .flatMap((frame) => {
      const wanted = expected.filter(({ notice }) => notice.frame === frame);
      const got = actual.filter((notice) => notice.frame === frame);
      return Array.from({ length: Math.max(wanted.length, got.length) }, (_, i) => {
        const found = compare(got[i], wanted[i], expected, how);
        return found === undefined ? [] : [`at ${frame} ms: ${found}`];
      }).flat();
    });
}

function compare(
  got: Notice | undefined,
  wanted: Expected | undefined,
  expected: readonly Expected[],
  how: Comparison,
): string | undefined {
  if (wanted === undefined) return `expected nothing, got ${told(got!, expected, how)}`;
  if (got === undefined) return `expected ${letterOf(wanted)}, got nothing`;
  const found = noticeDifference(got, wanted.notice, how);
  if (found === undefined) return undefined;
  if (got.notification.kind !== wanted.notice.notification.kind) {
    return `expected ${letterOf(wanted)}, got ${told(got, expected, how)}`;
  }
  const instead = got.notification.kind === 'N' ? meant(got, expected, how) : '?';
  return instead === '?' ? `${letterOf(wanted)}: ${found}` : `expected ${letterOf(wanted)}, got ${instead} (${found})`;
}

function noticeDifference(got: Notice, wanted: Notice, how: Comparison): string | undefined {
  const [one, other] = [got.notification, wanted.notification];
  if (one.kind === 'N' && other.kind === 'N') return difference(one.value, other.value, how);
  if (one.kind === 'E' && other.kind === 'E') return difference(one.error, other.error, { ...how, tolerance: 0 });
  return one.kind === other.kind ? undefined : 'another kind';
}

function letterOf({ notice, letter }: Expected): string {
  return letter ?? { N: '?', E: '#', C: '|' }[notice.notification.kind];
}

/** The letter of the expected value that equals this one; `?` if there is none. */
function meant(notice: Notice, expected: readonly Expected[], how: Comparison): string {
  const { kind } = notice.notification;
  if (kind !== 'N') return kind === 'E' ? '#' : '|';
  const same = expected.find((one) => noticeDifference(notice, one.notice, how) === undefined);
  return same?.letter ?? '?';
}

function told(notice: Notice, expected: readonly Expected[], how: Comparison): string {
  const { notification } = notice;
  if (notification.kind === 'C') return 'the completion';
  if (notification.kind === 'E') return `the error ${describe(notification.error)}`;
  const letter = meant(notice, expected, how);
  return letter === '?' ? describe(notification.value) : letter;
}
