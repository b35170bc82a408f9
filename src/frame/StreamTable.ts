/** The default number of streams that are tracked. */
export const MAX_STREAMS = 1024;

interface Entry<S> {
  readonly peer: number | undefined;
  readonly streamId: number;
  readonly state: S;
  used: number;
}

/**
 * The state of each stream. Each sender counts its own frames, so a stream is a `streamId` of a `peer`. The number of streams is
 * limited: the stream that was silent for longest is removed.
 */
export class StreamTable<S> {
  readonly #most: number;
  readonly #create: (peer: number | undefined) => S;
  readonly #peers = new Map<number | undefined, Map<number, Entry<S>>>();
  #last: Entry<S> | undefined;
  #size = 0;
  #turn = 0;

  constructor(most: number, create: (peer: number | undefined) => S) {
    this.#most = most;
    this.#create = create;
  }

  get size(): number {
    return this.#size;
  }

  /** The state of a stream, created if the stream is new. */
  of(peer: number | undefined, streamId: number): S {
    this.#turn += 1;
    let entry = this.#last;
    if (entry === undefined || entry.peer !== peer || entry.streamId !== streamId) {
      entry = this.#peers.get(peer)?.get(streamId) ?? this.#add(peer, streamId);
      this.#last = entry;
    }
    entry.used = this.#turn;
    return entry.state;
  }

  #add(peer: number | undefined, streamId: number): Entry<S> {
    if (this.#size >= this.#most) this.#forgetOldest();
    const entry: Entry<S> = { peer, streamId, state: this.#create(peer), used: this.#turn };
    const streams = this.#peers.get(peer) ?? new Map<number, Entry<S>>();
    this.#peers.set(peer, streams.set(streamId, entry));
    this.#size += 1;
    return entry;
  }

  #forgetOldest(): void {
    let oldest: Entry<S> | undefined;
    for (const streams of this.#peers.values()) {
      for (const entry of streams.values()) if (oldest === undefined || entry.used < oldest.used) oldest = entry;
    }
    if (oldest === undefined) return;
    const streams = this.#peers.get(oldest.peer);
    streams?.delete(oldest.streamId);
    if (streams?.size === 0) this.#peers.delete(oldest.peer);
    this.#size -= 1;
  }
}
