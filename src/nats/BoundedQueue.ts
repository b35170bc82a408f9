import { Queue } from '../basics/Queue.js';
import type { SocketSettings } from '../driver/SocketSettings.js';

const DEFAULT_BYTES = 32 * 1024 * 1024;
/** A queue that is filled beyond this part of its limits is pressed. */
const PRESSED = 1 / 8;

/** Unread messages, up to a number of messages and of bytes. It always accepts at least one message. */
export class BoundedQueue<T> {
  readonly #queue = new Queue<T>();
  readonly #bytesOf: (item: T) => number;
  readonly #most: number;
  readonly #mostBytes: number;
  #bytes = 0;

  /** @param bytesOf the size of an item, which must not change */
  constructor(
    { highWaterMark, limits }: Pick<SocketSettings, 'highWaterMark' | 'limits'>,
    bytesOf: (item: T) => number,
  ) {
    this.#bytesOf = bytesOf;
    this.#most = highWaterMark === 0 ? Infinity : highWaterMark;
    this.#mostBytes = limits.highWaterBytes ?? DEFAULT_BYTES;
  }

  get isFull(): boolean {
    return this.#queue.size >= this.#most || this.#bytes >= this.#mostBytes;
  }

  /** Whether it fills up faster than it is read. */
  get isPressed(): boolean {
    return this.#queue.size > this.#most * PRESSED || this.#bytes > this.#mostBytes * PRESSED;
  }

  /** `false`: the queue is full. */
  push(item: T): boolean {
    if (this.isFull) return false;
    this.add(item);
    return true;
  }

  /** Adds an item at the end, even if the queue is full. */
  add(item: T): void {
    this.#queue.push(item);
    this.#bytes += this.#bytesOf(item);
  }

  shift(): T | undefined {
    const item = this.#queue.shift();
    if (item !== undefined) this.#bytes -= this.#bytesOf(item);
    return item;
  }

  clear(): void {
    this.#queue.clear();
    this.#bytes = 0;
  }
}
