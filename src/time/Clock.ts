/** Where sockets take their time from, and the only place: nothing else reads a clock or sets a timer. */
export interface Clock {
  /** Milliseconds since some fixed moment, on the time that {@link after} goes by: virtual where timers are. Never steps back. */
  now(): number;
  /** Milliseconds of real time since some fixed moment, for the budget of a turn of the event loop and for nothing else. */
  realMs(): number;
  /** UNIX time in ns; never steps back. */
  wallNs(): bigint;
  /** Calls back once after `ms` milliseconds; the function it gives cancels that. What decides about a peer takes a `Deadline`. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back once timers and I/O have had their turn. */
  soon(callback: () => void): void;
  /** To be called from a timer: calls back once the loop has looked for I/O; at once where timers do not wait for the loop. */
  afterIO(callback: () => void): void;
}

/** The longest delay that timers take, in ms: 24.8 days. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;
