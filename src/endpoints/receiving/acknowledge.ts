import { OptionError } from '../../errors.js';
import { describe } from '../../basics/describe.js';

/** What is to be done when a value is acknowledged. */
const waiting = new WeakMap<object, () => void>();

/**
 * Says that a value of `fromPull(..., { ack: 'manual' })` is done with, so that the server forgets its message. What is not
 * acknowledged when the subscription ends is delivered again.
 *
 * @param value as the source gave it, not a copy
 * @returns whether it waited for that: `false` for one that was acknowledged before, or that came otherwise
 * @throws OptionError where it is no object
 * @example
 * ```ts
 * fromPull('nats://127.0.0.1:4222/jobs', { ack: 'manual' }).subscribe((frame) => {
 *   save(frame, () => acknowledge(frame));
 * });
 * ```
 */
export function acknowledge(value: object): boolean {
  if (typeof value !== 'object' || value === null) {
    throw new OptionError('value', value, `acknowledge takes what a source gave, got ${describe(value)}`);
  }
  const settle = waiting.get(value);
  waiting.delete(value);
  settle?.();
  return settle !== undefined;
}

/** Has a value wait for its acknowledgement. */
export function toAcknowledge(value: unknown, settle: () => void): void {
  if (typeof value === 'object' && value !== null) waiting.set(value, settle);
}
