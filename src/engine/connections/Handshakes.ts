/** A connection in its handshake. */
export interface Shaking {
  readonly peerAddress: string;
  /** Whether the peer has sent nothing yet, has begun, or waits for our authenticator. */
  readonly stage: (typeof ORDER)[number];
}

/**
 * All addresses with up to this many connections are treated alike: in a flood from many addresses, one that has a few must not be
 * mistaken for its source.
 */
const FEW = 8;
/** A silent peer is refused first, a peer that waits for our authenticator last. */
const ORDER = ['silent', 'speaking', 'asking'] as const;

/** The connections of a bound endpoint that are in their handshake, by the address of the peer. */
export class Handshakes<C extends Shaking> {
  /** The connections of each address in the order of their arrival; the addresses as well. */
  readonly #byAddress = new Map<string, Set<C>>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(connection: C): boolean {
    return this.#byAddress.get(connection.peerAddress)?.has(connection) === true;
  }

  /** Adds a connection that it does not contain yet. */
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
   * The connection to refuse in favour of a new one. It is one of the address that has the most, so that no address can push out the
   * connections of others. Of that address, or of all that have few, it is the oldest silent one, otherwise the oldest at the next stage.
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
