import { shared } from '../basics/shared.js';
import type { Demand } from './types.js';

interface Slot {
  /** The demand of whoever is subscribing or being notified now; `null`: expressly none; `undefined`: nobody said. */
  current: Demand | null | undefined;
  /** Whose room the value was asked for that is on its way now. */
  asked: Demand | undefined;
  /** Whether a task runs; further ones then wait for its end. */
  running: boolean;
  readonly tasks: (() => void)[];
  /** How many of them have begun. */
  begun: number;
}

/** The one process-wide variable by which demand travels, as signal libraries track their active effect. */
export const slot = shared<Slot>('demand.1', {
  current: undefined,
  asked: undefined,
  running: false,
  tasks: [],
  begun: 0,
});
