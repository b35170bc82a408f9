import type { Parts } from '../../../basics/Parts.js';
import type { Pipe } from '../../pipes/Pipe.js';
import { BasePattern } from '../BasePattern.js';

/** One peer at a time; a second one is not accepted until the first is gone. Nothing is dropped. */
export class PairPattern extends BasePattern {
  #pipe: Pipe | undefined;
  /** Pipes that are gone but have unread messages, which are read first. */
  readonly #gone: Pipe[] = [];
  #from: Pipe | undefined;

  override get from(): Pipe | undefined {
    return this.#from;
  }

  attach(pipe: Pipe): boolean {
    if (this.#pipe !== undefined) return false;
    this.#pipe = pipe;
    if (pipe.readable) this.arrived();
    if (pipe.writable) this.roomMade();
    return true;
  }

  detach(pipe: Pipe): void {
    if (pipe !== this.#pipe) return;
    this.#pipe = undefined;
    if (pipe.readable) this.#gone.push(pipe);
  }

  override readable(_pipe: Pipe): void {
    this.arrived();
  }

  override writable(_pipe: Pipe): void {
    this.roomMade();
  }

  override send(parts: Parts, owned: boolean): boolean {
    const pipe = this.#pipe;
    if (pipe?.writable !== true) return this.full();
    pipe.write(parts, owned);
    return true;
  }

  override hasRoom(): boolean {
    return this.#pipe?.writable === true || this.full();
  }

  override receive(borrow: boolean): Parts | undefined {
    while (this.#gone.length > 0) {
      const parts = this.#read(this.#gone[0]!, borrow);
      if (parts !== undefined) return parts;
      this.#gone.shift();
    }
    const parts = this.#pipe && this.#read(this.#pipe, borrow);
    return parts ?? this.nothing();
  }

  override withdraw(parts: Parts): boolean {
    return this.#pipe?.withdraw(parts) ?? false;
  }

  #read(pipe: Pipe, borrow: boolean): Parts | undefined {
    const parts = pipe.read(borrow);
    if (parts !== undefined) this.#from = pipe;
    return parts;
  }
}
