import type { RoutedPeer } from './RoutedPeer.js';

const AUTOMATIC_BYTES = 5;
const SHORT_BYTES = 4;

/**
 * The peers by their routing ids. A lookup with the same array as the peer's `id`, which received messages contain, is the fastest;
 * other arrays are looked up by their bytes.
 */
export class RoutingTable {
  readonly #byKey = new Map<string | number, RoutedPeer>();
  readonly #byArray = new Map<Uint8Array, RoutedPeer>();
  #recent: RoutedPeer | undefined;
  /** The length of the longest id so far: a lookup ignores the bytes of longer ones. */
  #longest = 0;
  #next: number;

  /** @param next the number of the first generated id; by default random, so that ids of an earlier process match no peer */
  constructor(next = (Math.random() * 2 ** 32) >>> 0) {
    this.#next = next;
  }

  find(id: Uint8Array): RoutedPeer | undefined {
    if (this.#recent?.id === id) return this.#recent;
    const peer = this.#byArray.get(id) ?? (id.length > this.#longest ? undefined : this.#byKey.get(keyOf(id)));
    if (peer !== undefined) this.#recent = peer;
    return peer;
  }

  /** Adds a peer under its id, which no other peer has. */
  add(peer: RoutedPeer): void {
    const id = peer.id!;
    this.#byKey.set(keyOf(id), peer);
    this.#byArray.set(id, peer);
    this.#longest = Math.max(this.#longest, id.length);
  }

  /** Frees the id of a peer that has one. */
  delete(peer: RoutedPeer): void {
    const id = peer.id!;
    this.#byKey.delete(keyOf(id));
    this.#byArray.delete(id);
    if (this.#recent === peer) this.#recent = undefined;
  }

  /** Returns an id that no peer has: 00 and a number, as router and stream use. */
  freeId(): Uint8Array {
    for (;;) {
      const id = new Uint8Array(AUTOMATIC_BYTES);
      new DataView(id.buffer).setUint32(1, this.#take());
      if (!this.#byKey.has(keyOf(id))) return id;
    }
  }

  /** Returns a number other than 0 that no peer has, as server and peer use. */
  freeNumber(): Uint8Array {
    for (;;) {
      const number = this.#take();
      const id = new Uint8Array(SHORT_BYTES);
      new DataView(id.buffer).setUint32(0, number);
      if (number !== 0 && !this.#byKey.has(keyOf(id))) return id;
    }
  }

  #take(): number {
    const number = this.#next;
    this.#next = (number + 1) >>> 0;
    return number;
  }
}

/** A number for a generated id, which costs less than a string; no two ids have the same key. */
function keyOf(id: Uint8Array): string | number {
  const { length } = id;
  if (length === AUTOMATIC_BYTES && id[0] === 0) return numberAt(id, 1);
  if (length === SHORT_BYTES) return 2 ** 32 + numberAt(id, 0);
  let key = '';
  for (let i = 0; i < length; i += 1) key += String.fromCharCode(id[i]!);
  return key;
}

function numberAt(id: Uint8Array, start: number): number {
  return ((id[start]! << 24) | (id[start + 1]! << 16) | (id[start + 2]! << 8) | id[start + 3]!) >>> 0;
}
