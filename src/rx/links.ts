import type { Demand } from '../demand/types.js';

/** On the subscriber of a consumer: its demand; `null`: demand ends here. */
export const ANNOUNCES = Symbol.for('rxzmq.announces');
/** On the subscriber of a transparent operator: the subscriber that it feeds. */
export const FEEDS = Symbol.for('rxzmq.feeds');
/** On the Observable of a transparent operator: its source. */
export const FROM = Symbol.for('rxzmq.from');

/** The links of a subscriber to those below it: its own, or RxJS's `destination`. */
export interface Link {
  readonly [ANNOUNCES]?: Demand | null | undefined;
  readonly [FEEDS]?: Link | undefined;
  readonly destination?: Link | null | undefined;
}
