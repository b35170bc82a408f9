/** The only source of time for sockets: no other code reads a clock or sets a timer. */
export interface Clock {
  /** Milliseconds since a fixed moment, in the time of {@link after}: virtual if the timers are. Never goes back. */
  now(): number;
  /** Milliseconds of real time since a fixed moment, only for the budget of a turn of the event loop. */
  realMs(): number;
  /** UNIX time in ns; never goes back. */
  wallNs(): bigint;
  /** Calls back once after `ms` milliseconds; the returned function cancels that. For the time-out of a peer use a `Deadline`. */
  after(ms: number, callback: () => void): () => void;
  /** Calls back once timers and I/O have had their turn. */
  soon(callback: () => void): void;
  /** Call it from a timer: calls back once the loop has polled for I/O; at once if timers do not wait for the loop. */
  afterIO(callback: () => void): void;
}

/** The longest delay of a timer, in ms: 24.8 days. */
export const LONGEST_DELAY_MS = 2 ** 31 - 1;
