import type { Call } from './Call.js';

const FIRST_CAPACITY = 64;

/**
 * The calls that have no reply yet, by their correlation, which the table gives. A `Map` in which each request adds and deletes an entry
 * is copied every few dozens of them, and each copy keeps its calls alive until V8 marks the whole heap: with 32 requests in flight
 * that took more time than everything else.
 */
export class CallTable {
  /** A call is at its correlation, modulo the capacity: a power of two. */
  #slots: (Call | undefined)[] = new Array<Call | undefined>(FIRST_CAPACITY).fill(undefined);
  #size = 0;
  #lastId = Math.floor(Math.random() * 2 ** 32);

  /** Gives the call a correlation of 32 bits, which no other call of the table has. */
  add(call: Call): void {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const mask = this.#slots.length - 1;
    do this.#lastId = (this.#lastId + 1) >>> 0;
    while (this.#slots[this.#lastId & mask] !== undefined);
    call.id = this.#lastId;
    this.#slots[this.#lastId & mask] = call;
    this.#size += 1;
  }

  get(id: number): Call | undefined {
    const call = this.#slots[id & (this.#slots.length - 1)];
    return call?.id === id ? call : undefined;
  }

  /** Does nothing if it is not there. */
  delete(call: Call): void {
    const at = call.id & (this.#slots.length - 1);
    if (this.#slots[at] !== call) return;
    this.#slots[at] = undefined;
    this.#size -= 1;
  }

  find(isWanted: (call: Call) => boolean): Call | undefined {
    return this.#slots.find((call) => call !== undefined && isWanted(call));
  }

  /** The calls, in the order in which they were added. */
  all(): Call[] {
    const age = ({ id }: Call): number => (this.#lastId - id) >>> 0;
    return this.#slots.filter((call) => call !== undefined).sort((a, b) => age(b) - age(a));
  }

  /** Calls that have different places keep them apart: only their number of places doubles. */
  #grow(): void {
    const calls = this.#slots;
    const mask = calls.length * 2 - 1;
    this.#slots = new Array<Call | undefined>(mask + 1).fill(undefined);
    for (const call of calls) if (call !== undefined) this.#slots[call.id & mask] = call;
  }
}
