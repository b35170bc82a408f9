/** A source that wants to read while the consumer is not ready. */
export interface Waiter {
  /** The consumer may be ready now. Called at most once for each `wait`. */
  room(): void;
}

/**
 * Back-pressure of the consumer of a pipeline: sources ask it before each read. Everything is synchronous, nothing is allocated per
 * value, and it works between two copies of the package.
 */
export interface Demand {
  /** Whether the consumer is ready for one more value. True for ever once the consumer has ended. */
  hasRoom(): boolean;
  /** Calls back `waiter` when the consumer is ready again. Waiters take turns, one for each value that the consumer can accept. */
  wait(waiter: Waiter): void;
  /** Forgets a waiter. */
  leave(waiter: Waiter): void;
  /** Passes an unused turn on to the next waiter. */
  pass(): void;
  /** Whether the consumer has ended. */
  readonly ended: boolean;
  /** How many values the consumer has received. */
  readonly taken?: number;
  /** The Observable that the consumer subscribed to. */
  readonly source?: object | undefined;
  /** Whether a value that may be a signal was emitted in this stall. */
  given?: boolean;
}
