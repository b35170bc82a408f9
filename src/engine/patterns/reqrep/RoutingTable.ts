import type { RoutedPeer } from './RoutedPeer.js';

const AUTOMATIC_BYTES = 5;
const SHORT_BYTES = 4;

/**
 * Which peer has which routing id. A lookup by the very array that is the peer's `id`, as received messages have it, is the
 * quickest one; other arrays are looked up by their bytes.
 */
export class RoutingTable {
  readonly #byKey = new Map<string | number, RoutedPeer>();
  readonly #byArray = new Map<Uint8Array, RoutedPeer>();
  #recent: RoutedPeer | undefined;
  /** So long was the longest id; the bytes of longer ones are not looked at. */
  #longest = 0;
  #next: number;

  /** @param next the number of the first id that is made up; left out: a random one, so that ids of a former life mean nobody */
  constructor(next = (Math.random() * 2 ** 32) >>> 0) {
    this.#next = next;
  }

  find(id: Uint8Array): RoutedPeer | undefined {
    if (this.#recent?.id === id) return this.#recent;
    const peer = this.#byArray.get(id) ?? (id.length > this.#longest ? undefined : this.#byKey.get(keyOf(id)));
    if (peer !== undefined) this.#recent = peer;
    return peer;
  }

  /** Enters a peer under its id, which nobody else has. */
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

  /** An id that nobody has: 00 and a number, as router and stream use. */
  freeId(): Uint8Array {
    for (;;) {
      const id = new Uint8Array(AUTOMATIC_BYTES);
      new DataView(id.buffer).setUint32(1, this.#take());
      if (!this.#byKey.has(keyOf(id))) return id;
    }
  }

  /** A number other than 0 that nobody has, as server and peer use. */
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

/** Numbers for ids that are made up, which cost less than texts; no two ids have the same key. */
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
