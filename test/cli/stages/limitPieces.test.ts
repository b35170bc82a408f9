import { NEVER, type OperatorFunction } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { limitPieces } from '../../../src/cli/stages/limitPieces.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('limitPieces', () => {
  it('counts the seconds from the start of the command, not from the answer of a peer', () => {
    const [clock] = limitPieces({ seconds: 2 });
    vi.advanceTimersByTime(1500);
    let isOver = false;
    NEVER.pipe(clock!.make() as OperatorFunction<unknown, unknown>).subscribe({ complete: () => (isOver = true) });
    vi.advanceTimersByTime(499);
    expect(isOver).toBe(false);
    vi.advanceTimersByTime(1);
    expect(isOver).toBe(true);
    expect(clock!.text).toBe('takeUntil(timer(2000))');
  });
});
