import { Queue } from '../../basics/Queue.js';

/**
 * Runs tasks one after the other, never one within another: a task that is posted by a task runs after it. So sockets of one process
 * reach each other before the first call returns, however long the chain of calls is.
 */
export class Loop {
  readonly #tasks = new Queue<() => void>();
  #depth = 0;

  /** No task runs between `enter` and `leave`. */
  enter(): void {
    this.#depth += 1;
  }

  /** The outermost `leave` runs the posted tasks. */
  leave(): void {
    try {
      if (this.#depth === 1 && this.#tasks.size > 0) this.#run();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs a task now, or after the running call or task. It must not throw. */
  post(task: () => void): void {
    this.#tasks.push(task);
    if (this.#depth > 0) return;
    this.enter();
    this.leave();
  }

  #run(): void {
    for (let task = this.#tasks.shift(); task; task = this.#tasks.shift()) task();
  }
}
