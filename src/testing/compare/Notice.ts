import type { TestScheduler } from 'rxjs/testing';

/** What was notified, and in which millisecond. */
export type Notice = ReturnType<typeof TestScheduler.parseMarbles>[number];

/** What is expected, with the letter that says so; `undefined`: no letter does. */
export interface Expected {
  readonly notice: Notice;
  readonly letter: string | undefined;
}
