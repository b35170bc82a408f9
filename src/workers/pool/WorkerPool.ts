import { Queue } from '../../basics/Queue.js';
import { CloneError, StageError, WorkerError } from '../errors.js';
import type { FromWorker } from '../wire/messages.js';
import { unpackError } from '../wire/unpackError.js';
import { deathText, named, textOf } from './texts.js';
import { postValue } from './postValue.js';
import type { Task } from './Task.js';
import type { Death, OpenThread, Thread } from '../threads/Thread.js';

export interface PoolSettings {
  readonly of: string;
  /** The URL of the module. */
  readonly stage: string;
  readonly workers: number;
  readonly moves: boolean;
  readonly open: OpenThread;
  /** Called when a worker has died and is replaced; without it, that is an error. */
  readonly lost: ((error: WorkerError) => void) | undefined;
  /** The pool cannot continue. */
  readonly failed: (error: unknown) => void;
}

/** One worker of a pool. */
interface Seat {
  thread: Thread | undefined;
  /** Whether the stage is loaded. */
  isReady: boolean;
  /** The task that it is processing. */
  task: Task | undefined;
}

/** Workers that run the same stage, each with one value at a time. */
export class WorkerPool {
  readonly #settings: PoolSettings;
  readonly #seats: Seat[];
  readonly #waiting = new Queue<Task>();
  #isClosed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.#seats = Array.from({ length: settings.workers }, () => ({
      thread: undefined,
      isReady: false,
      task: undefined,
    }));
  }

  /** Starts the workers. */
  start(): void {
    for (const seat of this.#seats) if (!this.#isClosed) this.#open(seat);
  }

  /** Runs a task on the next worker that is free. */
  run(task: Task): void {
    this.#waiting.push(task);
    this.#assign();
  }

  /** Ends all workers at once, even busy ones. */
  close(): void {
    this.#isClosed = true;
    this.#waiting.clear();
    for (const seat of this.#seats) {
      seat.task = undefined;
      seat.thread?.terminate();
    }
  }

  #open(seat: Seat): void {
    seat.isReady = false;
    let thread: Thread | undefined;
    try {
      thread = this.#settings.open({
        message: (message) => {
          if (!this.#isClosed && seat.thread === thread) this.#hear(seat, message);
        },
        died: (death) => {
          if (!this.#isClosed && seat.thread === thread) this.#died(seat, death);
        },
      });
    } catch (error) {
      this.#settings.failed(error);
      return;
    }
    seat.thread = thread;
  }

  #assign(): void {
    for (const seat of this.#seats) {
      if (this.#waiting.size === 0) return;
      if (seat.task === undefined && seat.thread) this.#begin(seat, seat.thread, this.#waiting.shift()!);
    }
  }

  #begin(seat: Seat, thread: Thread, task: Task): void {
    seat.task = task;
    thread.keepAlive(true);
    try {
      postValue(this.#settings, thread, task.value);
    } catch (error) {
      this.#end(seat);
      task.fail(error);
    }
  }

  #end(seat: Seat): void {
    seat.task = undefined;
    this.#assign(); // before the result is emitted: the consumer may take long
    if (seat.task === undefined && seat.isReady) seat.thread?.keepAlive(false);
  }

  #hear(seat: Seat, message: FromWorker): void {
    const { task } = seat;
    switch (message.kind) {
      case 'ready':
        seat.isReady = true;
        if (task === undefined) seat.thread?.keepAlive(false);
        return;
      case 'unloadable':
        this.#settings.failed(this.#unloadable(unpackError(message.error)));
        return;
      case 'noStage':
        this.#settings.failed(this.#noStage(message.names));
        return;
      case 'next':
        task?.next(message.result, () => {
          if (!this.#isClosed && seat.task === task) seat.thread?.post({ kind: 'taken' }, []);
        });
        return;
      case 'result':
        this.#end(seat);
        task?.result(message.result);
        return;
      case 'done':
        this.#end(seat);
        task?.done();
        return;
      case 'error':
        this.#end(seat);
        task?.fail(unpackError(message.error));
        return;
      case 'uncloneable':
        this.#end(seat);
        task?.fail(this.#uncloneable(message.place, message.reason));
    }
  }

  #died(seat: Seat, death: Death): void {
    const { of, stage, lost, failed } = this.#settings;
    const { task, isReady } = seat;
    seat.thread = seat.task = undefined;
    const text = `${of}: ${deathText(stage, death, { isReady, isBusy: task !== undefined })}`;
    const options = death.error === undefined ? undefined : { cause: death.error };
    const error = new WorkerError(stage, text, task === undefined ? [] : [task.value], death.exitCode, options);
    if (lost === undefined || !isReady) {
      failed(error); // a worker that dies while it starts would die again
      return;
    }
    lost(error);
    if (this.#isClosed) return;
    this.#open(seat);
    this.#assign();
    task?.done();
  }

  #unloadable(cause: unknown): StageError {
    const { of, stage } = this.#settings;
    return new StageError(stage, `${of}: ${stage} cannot be loaded: ${textOf(cause)}`, { cause });
  }

  #noStage(names: readonly string[]): StageError {
    const { of, stage } = this.#settings;
    const exports = names.length === 0 ? 'nothing' : names.join(', ');
    const hint = 'export default stage(...), with stage of rxzmq/stage';
    return new StageError(
      stage,
      `${of}: ${stage} has no stage for its default export (${hint}); it exports ${exports}`,
    );
  }

  #uncloneable(place: string, reason: string): CloneError {
    const { of, stage } = this.#settings;
    return new CloneError(stage, place, `${of}: ${place} cannot be copied from ${named(stage)}: ${reason}`);
  }
}
