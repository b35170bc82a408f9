/** One that wants to read and found no room. */
export interface Waiter {
  /** There may be room now. Called at most once for each `wait`. */
  room(): void;
}

/**
 * What a consumer of a pipeline has room for: sources ask it before each read. Everything is synchronous, nothing is
 * allocated per value, and two copies of the package understand each other's.
 */
export interface Demand {
  /** Whether one more value may come. True for ever once the consumer has ended. */
  hasRoom(): boolean;
  /** Calls `waiter` back when there is room again. Waiters take turns, one for each place that becomes free. */
  wait(waiter: Waiter): void;
  /** Forgets a waiter. */
  leave(waiter: Waiter): void;
  /** Hands room that is not wanted on to the next waiter. */
  pass(): void;
  /** Whether the consumer has ended. */
  readonly ended: boolean;
  /** How many values the consumer has got. */
  readonly taken?: number;
  /** The Observable that the consumer subscribed to. */
  readonly source?: object | undefined;
  /** Whether a value was given in this stall that may have been a signal. */
  given?: boolean;
}
