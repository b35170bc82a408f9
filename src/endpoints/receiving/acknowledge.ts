import { OptionError } from '../../errors.js';
import { describe } from '../../basics/describe.js';

/** The callback of each value that is not acknowledged yet. */
const waiting = new WeakMap<object, () => void>();

/**
 * Acknowledges a value of `fromPull(..., { ack: 'manual' })`, so that the server does not deliver its message again. Messages
 * that are not acknowledged when the subscription ends are delivered again.
 *
 * @param value the value that the source emitted, not a copy
 * @returns whether it was waiting for that: `false` for a value that was acknowledged before, or has another origin
 * @throws OptionError if it is not an object
 * @example
 * ```ts
 * fromPull('nats://127.0.0.1:4222/jobs', { ack: 'manual' }).subscribe((frame) => {
 *   save(frame, () => acknowledge(frame));
 * });
 * ```
 */
export function acknowledge(value: object): boolean {
  if (typeof value !== 'object' || value === null) {
    throw new OptionError('value', value, `acknowledge: value must be what a source emitted, got ${describe(value)}`);
  }
  const settle = waiting.get(value);
  waiting.delete(value);
  settle?.();
  return settle !== undefined;
}

/** Registers the callback for the acknowledgement of a value. */
export function toAcknowledge(value: unknown, settle: () => void): void {
  if (typeof value === 'object' && value !== null) waiting.set(value, settle);
}
