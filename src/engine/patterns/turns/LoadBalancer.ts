import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { Rotation } from './Rotation.js';

/** Gives each message to the next pipe that has room. One found full is passed over until `writable`, and comes back last. */
export class LoadBalancer {
  readonly #pipes = new Rotation<Pipe>();

  /** A pipe is there, with room or without. */
  add(pipe: Pipe): void {
    if (pipe.writable) this.#pipes.add(pipe);
  }

  /** It has room (again). Idempotent. */
  writable(pipe: Pipe): void {
    this.#pipes.add(pipe);
  }

  /** It is gone. */
  remove(pipe: Pipe): void {
    this.#pipes.remove(pipe);
  }

  /** The pipe whose turn it is, and whose turn that was: the caller writes to it. `undefined`: none has room. */
  next(): Pipe | undefined {
    const pipe = this.peek();
    if (pipe !== undefined) this.#pipes.advance(pipe);
    return pipe;
  }

  /** The same, and its turn is still to come. */
  peek(): Pipe | undefined {
    const pipes = this.#pipes;
    for (let pipe = pipes.current; pipe !== undefined; pipe = pipes.current) {
      if (pipe.writable) return pipe;
      pipes.park(pipe);
    }
    return undefined;
  }

  /** Whether there is one. */
  hasRoom(): boolean {
    return this.peek() !== undefined;
  }

  /** As `Pattern.withdraw`, whichever pipe has it. */
  withdraw(parts: Parts): boolean {
    for (const pipe of this.#pipes.members) if (pipe.withdraw(parts)) return true;
    return false;
  }
}
