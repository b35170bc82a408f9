import type { Demand } from './types.js';

/** What is shared by all copies of the package in a realm: ESM beside CommonJS, or two versions. */
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

const key = Symbol.for('rxzmq.demand.1');
const shared = globalThis as { [key]?: Slot };

/**
 * The one process-wide variable by which demand travels, as signal libraries track their active effect.
 *
 * Sealed: jest takes the properties of what it finds among the globals away when a test file ends, and sockets that close
 * after that still need them.
 */
export const slot: Slot = (shared[key] ??= Object.seal({
  current: undefined,
  asked: undefined,
  running: false,
  tasks: [],
  begun: 0,
}));
