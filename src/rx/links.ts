import type { Demand } from '../demand/types.js';

/** On the subscriber of a consumer: the demand it announces; `null`: here demand ends. */
export const ANNOUNCES = Symbol.for('rxzmq.announces');
/** On the subscriber of a transparent operator: the subscriber that it feeds. */
export const FEEDS = Symbol.for('rxzmq.feeds');
/** On the Observable of a transparent operator: the one it is made of. */
export const FROM = Symbol.for('rxzmq.from');

/** What a subscriber says of those below it: by itself, or by RxJS's `destination`. */
export interface Link {
  readonly [ANNOUNCES]?: Demand | null | undefined;
  readonly [FEEDS]?: Link | undefined;
  readonly destination?: Link | null | undefined;
}
