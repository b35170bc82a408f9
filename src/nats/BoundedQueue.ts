import { Queue } from '../basics/Queue.js';
import type { SocketSettings } from '../driver/SocketSettings.js';

const DEFAULT_BYTES = 32 * 1024 * 1024;

/** Unread messages, up to a number of messages and of bytes. It always accepts at least one message. */
export class BoundedQueue<T> {
  readonly #queue = new Queue<{ readonly item: T; readonly bytes: number }>();
  readonly #most: number;
  readonly #mostBytes: number;
  #bytes = 0;

  constructor({ highWaterMark, limits }: Pick<SocketSettings, 'highWaterMark' | 'limits'>) {
    this.#most = highWaterMark === 0 ? Infinity : highWaterMark;
    this.#mostBytes = limits.highWaterBytes ?? DEFAULT_BYTES;
  }

  get size(): number {
    return this.#queue.size;
  }

  get isFull(): boolean {
    return this.#queue.size >= this.#most || this.#bytes >= this.#mostBytes;
  }

  /** `false`: the queue is full. */
  push(item: T, bytes: number): boolean {
    if (this.isFull) return false;
    this.add(item, bytes);
    return true;
  }

  /** Adds an item at the end, even if the queue is full. */
  add(item: T, bytes: number): void {
    this.#queue.push({ item, bytes });
    this.#bytes += bytes;
  }

  shift(): T | undefined {
    const entry = this.#queue.shift();
    if (entry === undefined) return undefined;
    this.#bytes -= entry.bytes;
    return entry.item;
  }

  clear(): void {
    this.#queue.clear();
    this.#bytes = 0;
  }
}
