/** The listener of a pool for one value. No call follows `done` or `fail`. */
export interface Task {
  readonly value: unknown;
  /** One of several results; call `taken` when another can be accepted. */
  next(result: unknown, taken: () => void): void;
  /** The only result. */
  result(result: unknown): void;
  done(): void;
  fail(error: unknown): void;
}
