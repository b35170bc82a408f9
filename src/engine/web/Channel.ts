/** The listener of a channel. It is called in the order of the wire, and not after `closed`. */
export interface ChannelListener {
  /** A whole message has arrived: a text, or bytes, which belong to the listener from now on and do not change. */
  message(data: string | Uint8Array): void;
  /** As far as the channel knows, messages were sent: `bufferedBytes` is 0, or below the channel's own low mark. */
  drained(): void;
  /**
   * The channel is closed, on both sides. Called once, also after a `close` of this side. `code` and `reason` are the peer's if it has
   * closed; `1006`: the connection broke without a close.
   */
  closed(code: number, reason: string): void;
}

/**
 * A WebSocket after its upgrade, as the engine sees it: whole messages in both directions. There is one for the browser, one for Node,
 * and one in memory for runs in virtual time. No method calls the listener before it returns.
 */
export interface Channel {
  /** Bytes that were sent but have not left this process, as far as known; `Infinity` once either side has begun to close. */
  readonly bufferedBytes: number;
  /** `true`: `send` copies bytes before it returns, so their memory may be used again. `false`: they must never change. */
  readonly copiesAtOnce: boolean;
  /** Sets the listener, once. Messages that arrived earlier wait for it. */
  open(listener: ChannelListener): void;
  /** Sends one message. After `close` it does nothing. */
  send(data: string | Uint8Array): void;
  /** Begins to close, once, after earlier messages are sent. `reason` has at most 123 bytes of UTF-8. `closed` follows in any case. */
  close(code: number, reason: string): void;
  /** Ends it at once, without waiting for the peer. `closed` follows with 1006, unless it was called before. */
  destroy(): void;
}

/** The listener of an attempt to connect. One of the two is called, once, and not before `connect` has returned. */
export interface ChannelAttempt {
  /** The upgrade is done; the peer chose this subprotocol (`''`: none). */
  opened(channel: Channel, protocol: string): void;
  /** The attempt failed; a browser cannot tell why. With an `error` no attempt will ever succeed. */
  failed(reason: string, error?: Error): void;
}

/** Connects WebSockets. */
export interface ChannelConnector {
  /**
   * Starts to connect. Returns a function that ends the attempt; after that its listener is not called.
   *
   * @param url as the user writes it: `wss://`, `ws://`, or a path on the page's own host
   * @param protocols the subprotocols to offer, in this order
   */
  connect(url: string, protocols: readonly string[], attempt: ChannelAttempt): () => void;
}
