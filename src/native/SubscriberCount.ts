/**
 * Estimates how many connections have a subscription from what an XPUB receives, which does not say from whom. No
 * connection counts twice for one topic, so the most wanted topic is a lower bound; the sum over all topics, and the
 * number of connections, are upper ones.
 */
export class SubscriberCount {
  readonly #byTopic = new Map<string, number>();
  #sum = 0;
  #least = 0;

  /** Connections that have a subscription for certain. */
  get least(): number {
    return this.#least;
  }

  /** Connections that may have one, of so many there are. */
  most(connections: number): number {
    return Math.max(this.#least, Math.min(this.#sum, connections));
  }

  /** Takes a message from upstream: `01 topic` or `00 topic`. Anything else is the peer's own and ignored. */
  update(message: Uint8Array): void {
    const topic = Buffer.from(message.buffer, message.byteOffset, message.length).toString('latin1', 1);
    const count = this.#byTopic.get(topic) ?? 0;
    if (message[0] === 1) {
      this.#byTopic.set(topic, count + 1);
      this.#sum += 1;
      this.#least = Math.max(this.#least, count + 1);
    } else if (message[0] === 0 && count > 0) {
      if (count === 1) this.#byTopic.delete(topic);
      else this.#byTopic.set(topic, count - 1);
      this.#sum -= 1;
      if (count === this.#least) this.#least = Math.max(0, ...new Set(this.#byTopic.values()));
    }
  }
}
