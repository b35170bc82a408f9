/**
 * A connection: bytes both ways. Its listener is called from the event loop, never from within a call of the stream
 * or of the carrier that makes it.
 */
export interface Stream {
  /** The other side's address, without its port: `127.0.0.1`; '' where there is none. */
  readonly peerAddress: string;
  /** Bytes that were written and that the kernel has not taken yet, as far as is known: it shows whether a long write goes on. */
  readonly unsent: number;
  /**
   * Hands bytes over, all of them. `true`: the kernel has them, their memory is the caller's again. `false`: it has not
   * yet, their memory must stand until the listener's `drained`, and nothing may be written before that.
   */
  write(segments: readonly Uint8Array[]): boolean;
  /** Stops reading; a chunk that is on its way may still come. */
  pause(): void;
  resume(): void;
  /** Half-closes once all that was written is with the kernel; nothing is written any more. The listener hears as before. */
  shut(): void;
  /**
   * Half-closes once all that was written is with the kernel. Reading goes on, so that nothing is lost to a reset: what comes
   * is discarded by the stream itself and the listener hears no more but `closed`. Once half-closed it keeps no process alive,
   * and a peer that neither sends anything nor closes its side for 30 seconds is dropped.
   */
  end(): void;
  /** Drops the connection at once. `closed` follows. Idempotent. */
  destroy(): void;
}

/** Who hears from a stream. */
export interface StreamListener {
  /**
   * Where bytes that come next are to be put, at least one byte long; asked before each read by streams that can read in place.
   * Until `filled` the memory is the stream's, and it may be asked for long before the read: right after the last one, even
   * when that paused the stream. What it has at `end` or `destroy` may still be written to, in the turn of a read.
   */
  target(): Uint8Array;
  /** So many bytes stand at the start of what `target` gave. */
  filled(count: number): void;
  /** Bytes came, in memory that is the listener's from now on: the other way to get them. */
  data(chunk: Uint8Array): void;
  /** What `write` could not hand over at once is with the kernel. */
  drained(): void;
  /**
   * What was written did not reach the peer, and nothing that is written from now on will: `drained` does not follow. What the
   * peer has sent is still read, to its end.
   */
  writeFailed?(): void;
  /** The peer has closed its side. The stream is not closed yet; the listener is to `end` or `destroy` it. */
  ended(): void;
  /** It is gone. The last call. */
  closed(reason: string, error?: Error): void;
}

/** Who hears from an attempt to connect. Exactly one of the two is called, once, unless it is cancelled. */
export interface ConnectListener {
  opened(stream: Stream): StreamListener;
  failed(reason: string, error?: Error): void;
}

/** Who hears from a listening address. */
export interface ListenListener {
  /** It is bound; the endpoint is the real one. */
  listening(endpoint: string): void;
  accepted(stream: Stream): StreamListener;
  /** It could not be bound, or broke. It is closed. */
  failed(reason: string, error?: Error): void;
}

/** What can be chosen about connections. */
export interface CarrierOptions {
  /** tcp: SO_KEEPALIVE and after how many ms of silence; `undefined`: as the system has it. */
  readonly keepAliveMs?: number | undefined;
  /** Connections that wait to be accepted. @default 4096, or fewer where the system allows fewer */
  readonly backlog?: number | undefined;
  /** After how many ms a connection that is not there counts as failed, 0: when the system says so. */
  readonly connectTimeoutMs?: number | undefined;
}

/** A way to connect and to listen for one transport. */
export interface Carrier {
  /**
   * Starts to connect. The function it gives cancels: nothing is called after that.
   *
   * @param endpoint whole, `tcp://127.0.0.1:5555`, and checked by `checkEndpoint`
   */
  connect(endpoint: string, options: CarrierOptions, listener: ConnectListener): () => void;
  /**
   * Starts to listen. The function it gives stops that and calls `closed` when the address is free again; connections that
   * were accepted are not touched.
   */
  listen(endpoint: string, options: CarrierOptions, listener: ListenListener): (closed: () => void) => void;
}
