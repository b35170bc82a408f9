import type { PatternHost } from '../../../src/engine/patterns/Pattern.js';

/** A socket that notes what its pattern says and lets the turns of the event loop pass on demand. */
export class FakeHost implements PatternHost {
  readonly endpoint = 'fake://host';
  /** How often `readable` was said. */
  readableCount = 0;
  /** How often `writable` was said. */
  writableCount = 0;
  readonly drops: { readonly count: number; readonly reason: string }[] = [];
  /** All that was said of subscribers, the last one last. */
  readonly subscriberCounts: number[] = [];
  /** Called with each `readable`, for tests that receive from within. */
  onReadable: (() => void) | undefined;
  /** Called with each `writable`. */
  onWritable: (() => void) | undefined;
  #soon: (() => void)[] = [];

  readable(): void {
    this.readableCount += 1;
    this.onReadable?.();
  }

  writable(): void {
    this.writableCount += 1;
    this.onWritable?.();
  }

  dropped(count: number, reason: string): void {
    this.drops.push({ count, reason });
  }

  subscribers(count: number): void {
    this.subscriberCounts.push(count);
  }

  soon(callback: () => void): void {
    this.#soon.push(callback);
  }

  /** Messages lost so far. */
  get dropCount(): number {
    return this.drops.reduce((sum, { count }) => sum + count, 0);
  }

  /** Callbacks that wait for a later turn. */
  get soonCount(): number {
    return this.#soon.length;
  }

  /** One turn of the event loop. */
  turn(): void {
    const batch = this.#soon;
    this.#soon = [];
    for (const callback of batch) callback();
  }

  /** Turns until nothing waits; gives how many. */
  settle(): number {
    let turns = 0;
    for (; this.#soon.length > 0; turns += 1) this.turn();
    return turns;
  }
}
