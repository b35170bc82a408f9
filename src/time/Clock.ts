/** Where sockets take their time from, and the only place: nothing else reads a clock or sets a timer. */
export interface Clock {
  /** Milliseconds since some fixed moment; never steps back. */
  now(): number;
  /** UNIX time in ns; never steps back. */
  wallNs(): bigint;
  /** Calls back once after `ms` milliseconds; the function it gives cancels that. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back once timers and I/O have had their turn. */
  soon(callback: () => void): void;
}

/** The longest delay that timers take, in ms: 24.8 days. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;
