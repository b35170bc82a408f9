/** The topics or groups of a socket, and how often each was added. */
export interface Subscriptions {
  /** How many different topics there are. */
  readonly size: number;
  /** Returns whether it is new. */
  add(topic: Uint8Array): boolean;
  /** Removes one; returns whether that was the last of this topic. `false` also if the topic is not there. */
  remove(topic: Uint8Array): boolean;
  has(topic: Uint8Array): boolean;
  /** Whether the bytes start with one of the topics. */
  matches(bytes: Uint8Array): boolean;
  /** Each topic once. */
  forEach(visit: (topic: Uint8Array) => void): void;
}
