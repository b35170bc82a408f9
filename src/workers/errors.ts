import { RxZmqError } from '../errors.js';

/** A stage cannot be run: its module is missing, throws while it is loaded, or has no stage for its default export. */
export class StageError extends RxZmqError {
  override readonly name = 'StageError';
  readonly code = 'ERR_STAGE';

  constructor(
    /** The URL of the module. */
    readonly stage: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A worker has died: the process of its stage was ended by `process.exit`, an error that nothing caught, or want of memory. */
export class WorkerError extends RxZmqError {
  override readonly name = 'WorkerError';
  readonly code = 'ERR_WORKER';

  constructor(
    /** The URL of the module that it ran. */
    readonly stage: string,
    message: string,
    /** The value that it was at work on, if it was: no result of it comes any more. With `transfer` its samples are gone. */
    readonly lost: readonly unknown[],
    /** What the thread ended with. */
    readonly exitCode: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Something cannot be copied from one thread to another: a function, a Promise, an object that stands for something outside. */
export class CloneError extends RxZmqError {
  override readonly name = 'CloneError';
  readonly code = 'ERR_CLONE';

  constructor(
    /** The URL of the module that was to get it, or gave it. */
    readonly stage: string,
    /** Where it stands, such as `'the value.meta.onClick'`. */
    readonly place: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
