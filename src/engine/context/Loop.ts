import { Queue } from '../../basics/Queue.js';

/**
 * Runs tasks one after the other, never one within another: what a task asks for runs when it is done. So sockets of one
 * process reach each other before the call that began it returns, however long the chain.
 */
export class Loop {
  readonly #tasks = new Queue<() => void>();
  #depth = 0;

  /** Everything between `enter` and `leave` comes before the next task. */
  enter(): void {
    this.#depth += 1;
  }

  /** The outermost one runs the tasks that were posted. */
  leave(): void {
    try {
      if (this.#depth === 1 && this.#tasks.size > 0) this.#run();
    } finally {
      this.#depth -= 1;
    }
  }

  /** Runs a task now, or after what is running. It must not throw. */
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
