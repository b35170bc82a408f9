/** One whose handshake is not done. */
export interface Shaking {
  readonly peerAddress: string;
  /** Whether it has said nothing yet, has begun, or waits for an authenticator of ours. */
  readonly stage: (typeof ORDER)[number];
}

/**
 * Addresses with no more connections than these are treated alike: one that has a few must not be taken for the source of a flood
 * from many addresses.
 */
const FEW = 8;
/** Who has said nothing makes way first, who waits for an authenticator of ours last. */
const ORDER = ['silent', 'speaking', 'asking'] as const;

/** Connections of a bound endpoint whose handshake is not done, by the address they come from. */
export class Handshakes<C extends Shaking> {
  /** Each address's in the order they came, and so are the addresses. */
  readonly #byAddress = new Map<string, Set<C>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(connection: C): boolean {
    return this.#byAddress.get(connection.peerAddress)?.has(connection) === true;
  }

  /** One that it has not. */
  add(connection: C): void {
    const { peerAddress } = connection;
    const fromThere = this.#byAddress.get(peerAddress);
    if (fromThere) fromThere.add(connection);
    else this.#byAddress.set(peerAddress, new Set([connection]));
    this.#size += 1;
  }

  delete(connection: C): void {
    const { peerAddress } = connection;
    const fromThere = this.#byAddress.get(peerAddress);
    if (fromThere?.delete(connection) !== true) return;
    if (fromThere.size === 0) this.#byAddress.delete(peerAddress);
    this.#size -= 1;
  }

  all(): C[] {
    return [...this.#byAddress.values()].flatMap((fromThere) => [...fromThere]);
  }

  /**
   * Who is to make way for another: one of the address that has the most, which nobody can make others pay for; of that address,
   * and of addresses that have few, the oldest that is silent, else the oldest that waits for its peer.
   */
  get expendable(): C | undefined {
    let most = FEW;
    for (const { size } of this.#byAddress.values()) most = Math.max(most, size);
    for (const stage of ORDER) {
      for (const fromThere of this.#byAddress.values()) {
        if (Math.max(FEW, fromThere.size) < most) continue;
        for (const connection of fromThere) if (connection.stage === stage) return connection;
      }
    }
    return undefined;
  }
}
