/** A failure that needs no stack trace: the text says what happened and what to do. */
export class Failure extends Error {
  override readonly name = 'Failure';
}
