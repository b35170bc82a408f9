import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { Rotation } from './Rotation.js';

/** Sends each message to the next pipe whose queue has space. It skips a full pipe until `writable`, which adds it as the last. */
export class LoadBalancer {
  readonly #pipes = new Rotation<Pipe>();

  /** A new pipe; its queue may be full. */
  add(pipe: Pipe): void {
    if (pipe.writable) this.#pipes.add(pipe);
  }

  /** Its queue has space (again). Idempotent. */
  writable(pipe: Pipe): void {
    this.#pipes.add(pipe);
  }

  /** The pipe is gone. */
  remove(pipe: Pipe): void {
    this.#pipes.remove(pipe);
  }

  /** Returns the pipe whose turn it is, and ends its turn: the caller writes to it. `undefined`: all are full. */
  next(): Pipe | undefined {
    const pipe = this.peek();
    if (pipe !== undefined) this.#pipes.advance(pipe);
    return pipe;
  }

  /** The same, without ending its turn. */
  peek(): Pipe | undefined {
    const pipes = this.#pipes;
    for (let pipe = pipes.current; pipe !== undefined; pipe = pipes.current) {
      if (pipe.writable) return pipe;
      pipes.park(pipe);
    }
    return undefined;
  }

  /** Whether there is a pipe that is not full. */
  hasRoom(): boolean {
    return this.peek() !== undefined;
  }

  /** As `Pattern.withdraw`, from the pipe that has the message. */
  withdraw(parts: Parts): boolean {
    for (const pipe of this.#pipes.members) if (pipe.withdraw(parts)) return true;
    return false;
  }
}
