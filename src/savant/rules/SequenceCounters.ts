import { LruMap } from './LruMap.js';

/** How many counters are remembered. A counter that is forgotten starts again, which the other side takes for a restart. */
const MAX_COUNTERS = 512;

interface Counter {
  last: bigint;
}

/** The last sequence number of each source of each system. */
export class SequenceCounters {
  readonly #counters = new LruMap<Counter>(MAX_COUNTERS);
  /** The counter that was used last: most messages are of the same source as the one before. */
  #system: string | undefined;
  #source: string | undefined;
  #counter: Counter | undefined;

  /** @param source `undefined`: payloads without a source */
  last(system: string, source: string | undefined): bigint {
    return this.#find(system, source)?.last ?? 0n;
  }

  set(system: string, source: string | undefined, last: bigint): void {
    const found = this.#find(system, source);
    if (found) {
      found.last = last;
      return;
    }
    this.#counter = { last };
    this.#system = system;
    this.#source = source;
    this.#counters.set(keyOf(system, source), this.#counter);
  }

  delete(system: string, source: string | undefined): void {
    this.#counter = undefined;
    this.#counters.delete(keyOf(system, source));
  }

  #find(system: string, source: string | undefined): Counter | undefined {
    if (this.#counter && source === this.#source && system === this.#system) return this.#counter;
    const found = this.#counters.get(keyOf(system, source));
    if (found === undefined) return undefined;
    this.#counter = found;
    this.#system = system;
    this.#source = source;
    return found;
  }
}

function keyOf(system: string, source: string | undefined): string {
  return source === undefined ? `${system.length}${system}` : `${system.length}:${system}${source}`;
}
