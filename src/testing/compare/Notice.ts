import type { TestScheduler } from 'rxjs/testing';

/** A notification, and its millisecond. */
export type Notice = ReturnType<typeof TestScheduler.parseMarbles>[number];

/** An expected notification, with its letter; `undefined` if it has none. */
export interface Expected {
  readonly notice: Notice;
  readonly letter: string | undefined;
}
