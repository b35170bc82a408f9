import { slot } from '../demand/slot.js';
import type { Demand } from '../demand/types.js';
import { ANNOUNCES, FEEDS, type Link } from './links.js';

/** The demand of the consumer that a subscriber feeds, through any chain of RxJS operators and whenever it subscribes. */
export function demandOf(subscriber: object): Demand | undefined {
  const { current } = slot;
  if (current === null) return undefined; // set explicitly by the subscriber
  for (let at: Link | null | undefined = subscriber; at; at = at[FEEDS] ?? at.destination) {
    const announced = at[ANNOUNCES];
    if (announced !== undefined) return announced ?? undefined;
  }
  return current; // the chain ends, at a share() or a manual subscription: it may be for the consumer that is subscribing now
}
