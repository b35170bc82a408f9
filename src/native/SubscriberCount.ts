/**
 * Estimates how many connections have a subscription. An XPUB receives subscriptions, but does not know from which peer. A connection
 * counts only once for a topic, so the topic with the most subscribers is a lower bound; the sum over all topics, and the number of
 * connections, are upper bounds.
 */
export class SubscriberCount {
  readonly #byTopic = new Map<string, number>();
  #sum = 0;
  #least = 0;

  /** How many connections certainly have a subscription. */
  get least(): number {
    return this.#least;
  }

  /** How many of all `connections` may have one, at most. */
  most(connections: number): number {
    return Math.max(this.#least, Math.min(this.#sum, connections));
  }

  /** Handles a message from a subscriber: `01 topic` or `00 topic`. Other messages are ignored. */
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
