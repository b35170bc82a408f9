import type { InnerStream } from './InnerStream.js';

/** Inner streams in the order of their inputs; any of them can be removed. */
export class StreamList<R> {
  #first: InnerStream<R> | undefined = undefined;
  #last: InnerStream<R> | undefined = undefined;
  #size = 0;

  get first(): InnerStream<R> | undefined {
    return this.#first;
  }

  get size(): number {
    return this.#size;
  }

  add(inner: InnerStream<R>): void {
    inner.before = this.#last;
    if (this.#last) this.#last.after = inner;
    else this.#first = inner;
    this.#last = inner;
    this.#size += 1;
  }

  /** Removes a stream, unless it is removed already. */
  delete(inner: InnerStream<R>): void {
    const { before, after } = inner;
    if (before === undefined && this.#first !== inner) return;
    if (before) before.after = after;
    else this.#first = after;
    if (after) after.before = before;
    else this.#last = before;
    inner.before = inner.after = undefined;
    this.#size -= 1;
  }

  /** All streams of the list. */
  all(): InnerStream<R>[] {
    const all: InnerStream<R>[] = [];
    for (let inner = this.#first; inner; inner = inner.after) all.push(inner);
    return all;
  }
}
