/**
 * A connection: bytes in both directions. The stream calls its listener from the event loop, never during a call of the stream or of
 * the carrier that creates it.
 */
export interface Stream {
  /** The address of the peer, without its port: `127.0.0.1`; '' if there is none. */
  readonly peerAddress: string;
  /** Bytes that were written and that the kernel has not accepted yet, as far as known: they show the progress of a long write. */
  readonly unsent: number;
  /**
   * Writes all the bytes. `true`: the kernel has them, and their memory belongs to the caller again. `false`: not yet; their memory
   * must not change until the listener's `drained`, and nothing may be written before that.
   */
  write(segments: readonly Uint8Array[]): boolean;
  /** Stops reading; one more chunk may still arrive. */
  pause(): void;
  resume(): void;
  /** Half-closes once the kernel has everything that was written; nothing may be written after this. The listener is called as before. */
  shut(): void;
  /**
   * Half-closes once the kernel has everything that was written. The stream keeps reading, so that nothing is lost to a reset, but
   * discards what arrives; the listener gets only `closed`. Once half-closed it does not keep the process alive, and it drops a peer
   * that neither sends anything nor closes its side for 30 seconds.
   */
  end(): void;
  /** Drops the connection at once. `closed` is called later. Idempotent. */
  destroy(): void;
}

/** The listener of a stream. */
export interface StreamListener {
  /**
   * Returns the memory for the next bytes, at least one byte long. Streams that can read in place call it before each read. Until
   * `filled` the memory belongs to the stream. The call may be long before the read: right after the last read, even when that paused
   * the stream. A read may still write to the memory after `end` or `destroy`, if they are called in the same turn.
   */
  target(): Uint8Array;
  /** `count` bytes were read to the start of the memory from `target`. */
  filled(count: number): void;
  /** Bytes arrived, in memory that belongs to the listener from now on. For streams that cannot read in place. */
  data(chunk: Uint8Array): void;
  /** The kernel now has everything from the `write` that returned `false`. */
  drained(): void;
  /**
   * Written bytes did not reach the peer, and no later ones will; `drained` does not follow. The stream still reads everything that
   * the peer has sent.
   */
  writeFailed?(): void;
  /** The peer has closed its side. The stream is not closed yet; the listener must call `end` or `destroy`. */
  ended(): void;
  /** The stream is closed. The last call. */
  closed(reason: string, error?: Error): void;
}

/** The listener of an attempt to connect. Exactly one of the two is called, once, unless the attempt is cancelled. */
export interface ConnectListener {
  opened(stream: Stream): StreamListener;
  failed(reason: string, error?: Error): void;
}

/** The listener of a bound address. */
export interface ListenListener {
  /** It is bound; `endpoint` has the actual port or path. */
  listening(endpoint: string): void;
  accepted(stream: Stream): StreamListener;
  /** It could not be bound, or has failed. It is closed. */
  failed(reason: string, error?: Error): void;
}

/** Options of connections. */
export interface CarrierOptions {
  /** tcp: SO_KEEPALIVE, with probes after this many ms without traffic; `undefined`: the default of the system. */
  readonly keepAliveMs?: number | undefined;
  /** `ZMQ_BACKLOG`: how many connections may wait to be accepted. @default 4096, or fewer if the system allows only fewer */
  readonly backlog?: number | undefined;
  /** `ZMQ_CONNECT_TIMEOUT`: after how many ms an attempt to connect fails; 0: when the system gives up. */
  readonly connectTimeoutMs?: number | undefined;
}

/** Connects and listens for one transport. */
export interface Carrier {
  /**
   * Starts to connect. The returned function cancels the attempt: the listener is not called after that.
   *
   * @param endpoint complete, such as `tcp://127.0.0.1:5555`, and checked by `checkEndpoint`
   */
  connect(endpoint: string, options: CarrierOptions, listener: ConnectListener): () => void;
  /**
   * Starts to listen. The returned function stops that and calls `closed` when the address is free again; accepted connections stay
   * open.
   */
  listen(endpoint: string, options: CarrierOptions, listener: ListenListener): (closed: () => void) => void;
}
