import { shared } from '../basics/shared.js';
import type { Delivery } from './Delivery.js';
import type { Demand } from './types.js';

interface Slot {
  /** The demand of the consumer that is subscribing upstream now; `null`: explicitly none; `undefined`: not set. */
  current: Demand | null | undefined;
  /** The demand of the consumer below the running code: the result of `demand()`. By itself it holds back nothing. */
  here: Demand | undefined;
  /** The demand that was asked for the value on its way now. */
  asked: Demand | undefined;
  /** The current delivery, if it can be settled. */
  delivery: Delivery | null;
  /** Whether a task is running; others then wait for its end. */
  running: boolean;
  readonly tasks: (() => void)[];
  /** How many of them have begun. */
  begun: number;
}

/** The state of demand in this process. */
export const slot = shared<Slot>('demand.3', {
  current: undefined,
  here: undefined,
  asked: undefined,
  delivery: null,
  running: false,
  tasks: [],
  begun: 0,
});
