/** What a pool says of one value. Nothing more comes after `done` or `fail`. */
export interface Task {
  readonly value: unknown;
  /** One of several results; `taken` is to be called once there is a place for another. */
  next(result: unknown, taken: () => void): void;
  /** The one result. */
  result(result: unknown): void;
  done(): void;
  fail(error: unknown): void;
}
