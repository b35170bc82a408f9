/** What a socket has subscribed to, or joined: topics, and how often each. */
export interface Subscriptions {
  /** How many different topics there are. */
  readonly size: number;
  /** Gives whether it is new. */
  add(topic: Uint8Array): boolean;
  /** Takes one off; gives whether that was the last. One that is not there stays so: `false`. */
  remove(topic: Uint8Array): boolean;
  has(topic: Uint8Array): boolean;
  /** Whether the bytes start with one of the topics. */
  matches(bytes: Uint8Array): boolean;
  /** Each topic once. */
  forEach(visit: (topic: Uint8Array) => void): void;
}
