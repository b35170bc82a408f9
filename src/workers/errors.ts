import { RxZmqError } from '../errors.js';

/** A stage cannot run: its module is missing, throws while it is loaded, or has no stage as its default export. */
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

/** A worker has died: its stage has called `process.exit`, thrown an uncaught error, or run out of memory. */
export class WorkerError extends RxZmqError {
  override readonly name = 'WorkerError';
  readonly code = 'ERR_WORKER';

  constructor(
    /** The URL of the module that it ran. */
    readonly stage: string,
    message: string,
    /** The value that it was processing, if any: no more results of it follow. With `transfer` its samples are lost. */
    readonly lost: readonly unknown[],
    /** The exit code of the thread. */
    readonly exitCode: number | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Something cannot be copied from one thread to another: a function, a Promise, an object that represents an external resource. */
export class CloneError extends RxZmqError {
  override readonly name = 'CloneError';
  readonly code = 'ERR_CLONE';

  constructor(
    /** The URL of the module that should receive it, or that returned it. */
    readonly stage: string,
    /** Where it is, such as `'the value.meta.onClick'`. */
    readonly place: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
