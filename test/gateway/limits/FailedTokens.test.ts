import { describe, expect, it } from 'vitest';
import { FailedTokens } from '../../../src/gateway/limits/FailedTokens.js';
import { FakeClock } from '../../helpers/FakeClock.js';

describe('who tries out tokens', () => {
  it('has too many after so many different ones, for a minute', () => {
    const clock = new FakeClock();
    const failed = new FailedTokens(clock, 3);
    for (const token of ['a', 'b', 'b', 'b', 'a']) failed.add('203.0.113.7', token);
    expect(failed.hasTooMany('203.0.113.7')).toBe(false);
    failed.add('203.0.113.7', 'c');
    expect(failed.hasTooMany('203.0.113.7')).toBe(true);
    expect(failed.hasTooMany('203.0.113.8')).toBe(false);
    clock.advance(59_999);
    expect(failed.hasTooMany('203.0.113.7')).toBe(true);
    clock.advance(1);
    expect(failed.hasTooMany('203.0.113.7')).toBe(false);
  });

  it('keeps some addresses only, and nothing that shows a token', () => {
    const failed = new FailedTokens(new FakeClock(), 1);
    for (let i = 0; i <= 10_000; i += 1) failed.add(`address ${i}`, 'geheim');
    expect([failed.hasTooMany('address 0'), failed.hasTooMany('address 1')]).toEqual([false, true]);
  });
});
