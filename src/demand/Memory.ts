import type { Demand } from './types.js';
import { slot } from './slot.js';

/**
 * What an Observable remembers of who subscribed to it. One that is subscribed again from a timer, by
 * `retry({ delay })`, finds no current demand; where one live demand alone has ever subscribed, it is that one's.
 */
export class Memory {
  readonly #demands = new Set<Demand>();

  /** The demand of whoever subscribes now. */
  find(): Demand | undefined {
    const { current } = slot;
    for (const demand of this.#demands) if (demand.ended) this.#demands.delete(demand);
    if (current === null) return undefined;
    if (current !== undefined) {
      this.#demands.add(current);
      return current;
    }
    const [only, another] = this.#demands;
    return another === undefined ? only : undefined;
  }
}
