/** Who hears from a channel. Calls come in the order of the wire, and none after `closed`. */
export interface ChannelListener {
  /** A message has come whole: a text, or bytes, which belong to the listener from now on and which nobody changes. */
  message(data: string | Uint8Array): void;
  /** What was sent has left as far as the channel can see: `bufferedBytes` is 0, or has fallen below what the channel takes as little. */
  drained(): void;
  /**
   * It is over, on both sides and once; also after a `close` from here. `code` and `reason` are the peer's where it has closed, `1006`
   * where the connection broke without a word.
   */
  closed(code: number, reason: string): void;
}

/**
 * A WebSocket whose upgrade is done, as the engine sees it: whole messages both ways. There is one in the browser, one on Node, and
 * one in memory for runs in virtual time. No method calls the listener before it returns.
 */
export interface Channel {
  /** What was sent and has not left this process, in bytes, as far as is known; `Infinity` once either side has begun to close. */
  readonly bufferedBytes: number;
  /** `send` has copied bytes when it returns, so that their memory may be used again. Otherwise they stay as they are for good. */
  readonly copiesAtOnce: boolean;
  /** Says who hears from now on. What came before waits for it. Once. */
  open(listener: ChannelListener): void;
  /** Sends one message. After `close` nothing happens. */
  send(data: string | Uint8Array): void;
  /** Starts to close, once; what was sent before goes first. `reason` is at most 123 bytes of UTF-8. `closed` follows in any case. */
  close(code: number, reason: string): void;
  /** Ends it now, with no regard to the peer. `closed` follows with 1006 unless it has come. */
  destroy(): void;
}

/** Who hears what becomes of an attempt to connect: one of the two, once, and never before `connect` has returned. */
export interface ChannelAttempt {
  /** The upgrade is done, the peer chose this subprotocol (`''`: none). */
  opened(channel: Channel, protocol: string): void;
  /** It failed, before there was a channel; a browser cannot tell why. With an `error` none will ever succeed. */
  failed(reason: string, error?: Error): void;
}

/** What connects WebSockets here. */
export interface ChannelConnector {
  /**
   * Starts to connect; gives what ends the attempt, after which nothing is heard of it.
   *
   * @param url as people write it: `wss://`, `ws://`, or a path on the page's own host
   * @param protocols the subprotocols that are offered, in this order
   */
  connect(url: string, protocols: readonly string[], attempt: ChannelAttempt): () => void;
}
