import { shared } from '../basics/shared.js';
import type { Delivery } from './Delivery.js';
import type { Demand } from './types.js';

interface Slot {
  /** The demand of the consumer that is subscribing upstream now; `null`: expressly none; `undefined`: nobody said. */
  current: Demand | null | undefined;
  /** The demand of the consumer below whatever runs now: what `demand()` answers. Nothing is held back by it. */
  here: Demand | undefined;
  /** Whose room the value was asked for that is on its way now. */
  asked: Demand | undefined;
  /** What is under way, where it can be settled. */
  delivery: Delivery | null;
  /** Whether a task runs; further ones then wait for its end. */
  running: boolean;
  readonly tasks: (() => void)[];
  /** How many of them have begun. */
  begun: number;
}

/** What demand needs to know of the process. */
export const slot = shared<Slot>('demand.3', {
  current: undefined,
  here: undefined,
  asked: undefined,
  delivery: null,
  running: false,
  tasks: [],
  begun: 0,
});
