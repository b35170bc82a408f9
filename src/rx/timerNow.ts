import { of, timestamp } from 'rxjs';

const read = /* @__PURE__ */ of(undefined).pipe(/* @__PURE__ */ timestamp());

/**
 * The time that timers go by, in ms: virtual where they are, which the `now` of a clock need not be. Elsewhere it is the
 * system's clock, which may be set: take differences only, and believe none that cannot be.
 */
export function timerNow(): number {
  let now = 0;
  read.subscribe({ next: (stamped) => (now = stamped.timestamp), error: () => undefined });
  return now;
}
