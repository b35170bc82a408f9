import { EMPTY, interval, map, NEVER, of, range, Subject, take, tap, throwError } from 'rxjs';
import { type Frame, frame, fresh, getTimestampNs, OptionError } from 'rxzmq';
import { virtualTime } from 'rxzmq/testing';
import { describe, expect, it } from 'vitest';

const stamped = (ageMs: number): Frame =>
  frame(new Int8Array(2), { timestampNs: getTimestampNs() - BigInt(ageMs * 1e6) });
const ages = (...list: number[]) => of(...list).pipe(map(stamped));

function passed(source: ReturnType<typeof ages>, operator = fresh<Frame>(500)): number {
  let count = 0;
  source.pipe(operator).subscribe(() => (count += 1));
  return count;
}

describe('fresh', () => {
  it('skips what is older than the quickest by more than is allowed', () => {
    expect(passed(ages(0, 100, 5000, 400, 501 + 100, 10))).toBe(4);
    expect(passed(ages(100, 100), fresh(0))).toBeLessThanOrEqual(2);
  });

  it('needs no clocks that agree: a sender an hour behind or ahead is as good', () => {
    for (const hour of [3_600_000, -3_600_000]) expect(passed(ages(hour, hour + 100, hour + 900, hour))).toBe(3);
  });

  it('goes by what comes once nothing was fresh for 10 s: after one frame far ahead, and a clock that was set back', () => {
    const at: number[] = [];
    const ageOf = (second: number) => (second === 5 ? -3_600_000 : second < 30 ? -120_000 : -60_000);
    virtualTime(({ run }) => {
      const frames = interval(1000).pipe(
        take(60),
        map((second) => ({ ...stamped(ageOf(second)), sequence: second })),
      );
      run(frames.pipe(fresh(500)).pipe(tap(({ sequence }) => at.push(sequence))));
    });
    const seconds = Array.from({ length: 60 }, (_, second) => second);
    expect(at).toEqual(seconds.filter((second) => second <= 5 || (second >= 17 && second < 30) || second >= 41));
  });

  it('keeps nothing from one subscription to the next', () => {
    const operator = fresh<Frame>(500);
    expect(passed(ages(0, 5000), operator)).toBe(1);
    expect(passed(ages(5000), operator)).toBe(1);
  });

  it('ends with its source, and stops it', () => {
    const heard: unknown[] = [];
    const observer = { error: (error: unknown) => heard.push(error), complete: () => heard.push('complete') };
    EMPTY.pipe(fresh(1)).subscribe(observer);
    throwError(() => 'failed')
      .pipe(fresh(1))
      .subscribe(observer);
    NEVER.pipe(fresh(1)).subscribe(observer).unsubscribe();
    expect(heard).toEqual(['complete', 'failed']);
    const source = new Subject<Frame>();
    source.pipe(fresh(1)).subscribe().unsubscribe();
    expect(source.observed).toBe(false);
    let pulled = 0;
    range(0, 1000)
      .pipe(
        tap(() => (pulled += 1)),
        map(() => stamped(0)),
        fresh(1000),
        take(3),
      )
      .subscribe();
    expect(pulled).toBe(3);
  });

  it.each([-1, NaN, '1', undefined])('refuses %s', (value) => {
    expect(() => fresh(value as number)).toThrow(OptionError);
  });
});
