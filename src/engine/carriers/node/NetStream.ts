import { Socket } from 'node:net';
import type { Stream, StreamListener } from '../Carrier.js';
import type { InPlaceReads } from './InPlaceReads.js';
import { reasonOf } from '../reasons.js';
import { CLOSED_HERE, CLOSED_THERE, SILENCE_MS, SILENT } from '../endings.js';

/** The handle of a node:net socket knows how much of a write is left. */
interface Handled {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

type Done = (error?: Error | null) => void;

/** A connected node:net socket as a stream. The socket must allow half-open connections. */
export class NetStream implements Stream {
  readonly peerAddress: string;
  readonly #socket: Socket;
  readonly #reads: InPlaceReads | undefined;
  /** The listener for `closed`. */
  #owner: StreamListener | undefined;
  /** The listener for everything else; `undefined` after `end` and `destroy`. */
  #listener: StreamListener | undefined;
  #detached = false;
  /** `write` returned `false`. */
  #unsent = false;
  /** Writing has failed; the stream still reads. */
  #broken = false;
  #settle: Done = () => undefined;
  #reason = CLOSED_HERE;
  #error: Error | undefined;

  /** @param reads the memory that the socket reads to; without it, the socket emits its own memory, as accepted sockets do */
  constructor(socket: Socket, reads?: InPlaceReads) {
    this.#socket = socket;
    this.#reads = reads;
    this.peerAddress = socket.remoteAddress ?? '';
    socket.on('error', (error) => (this.#error ??= error));
    this.#survive(socket);
  }

  get unsent(): number {
    return (this.#socket as Handled)._handle?.writeQueueSize ?? this.#socket.writableLength;
  }

  /** Sets the listener. Call it in the turn in which the stream was created. */
  hear(owner: StreamListener): void {
    this.#owner = owner;
    if (!this.#detached) this.#listener = owner;
    if (this.#reads) this.#reads.listener = this.#listener;
    else this.#socket.on('data', this.#came).resume(); // a server pauses accepted sockets
    this.#socket.on('end', this.#ended);
    this.#socket.on('close', this.#closed);
  }

  write(segments: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    const last = segments.length - 1;
    if (last < 0) return true;
    if (!socket.writable || this.#broken) return false; // it is closing
    if (last === 0) {
      socket.write(segments[0]!, this.#written);
    } else {
      socket.cork();
      for (let i = 0; i < last; i += 1) socket.write(segments[i]!);
      socket.write(segments[last]!, this.#written);
      socket.uncork();
    }
    this.#unsent = socket.writableLength > 0; // Node has already tried the system call
    return !this.#unsent && !this.#broken;
  }

  pause(): void {
    if (!this.#detached) this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  shut(): void {
    if (!this.#detached) this.#socket.end();
  }

  end(): void {
    if (this.#detached) return;
    this.#becomeDeaf();
    this.#socket.resume(); // otherwise it would never notice that the peer has closed
    this.#socket.end(this.#halfClosed);
  }

  destroy(): void {
    this.#becomeDeaf();
    this.#socket.destroy();
  }

  #becomeDeaf(): void {
    this.#detached = true;
    this.#listener = undefined;
    if (this.#reads) this.#reads.listener = undefined;
  }

  /** A Node stream destroys itself when a write fails, which would lose unread bytes that the peer had sent before. */
  #survive(socket: Socket): void {
    socket._write = (chunk, encoding, done) => {
      this.#settle = done;
      Socket.prototype._write.call(socket, chunk, encoding, this.#settled);
    };
    socket._writev = (chunks, done) => {
      this.#settle = done;
      Socket.prototype._writev!.call(socket, chunks, this.#settled);
    };
  }

  readonly #settled = (error?: Error | null): void => {
    const done = this.#settle;
    if (!error || this.#detached || this.#socket.readableEnded || this.#socket.destroyed) {
      done(error); // there is nothing left to read
    } else {
      this.#broken = true;
      this.#error ??= error;
      done();
    }
  };

  readonly #came = (chunk: Uint8Array): void => {
    // listeners must not get a Buffer, whose methods return Buffers again
    this.#listener?.data(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  };

  /** The callback of all writes, so that none needs a function of its own. */
  readonly #written = (error?: Error | null): void => {
    if (this.#broken) this.#listener?.writeFailed?.();
    if (error || this.#broken || !this.#unsent || this.#socket.writableLength > 0) return;
    this.#unsent = false;
    this.#listener?.drained();
  };

  readonly #ended = (): void => {
    if (!this.#detached) this.#reason = CLOSED_THERE;
    this.#listener?.ended();
  };

  /**
   * Heartbeats no longer watch the connection, and a peer that is gone silently would keep it for ever. This is the only time limit
   * that is not from the clock, since only the Node socket still exists.
   */
  readonly #halfClosed = (): void => {
    this.#socket.unref();
    this.#socket.setTimeout(SILENCE_MS, this.#silent);
  };

  readonly #silent = (): void => {
    this.#reason = SILENT;
    this.#socket.destroy();
  };

  /** A paused socket still reads a little ahead. If it fails then, these bytes are in its buffer. */
  #tellBuffered(): void {
    if (this.#detached || this.#reads) return;
    for (let chunk = this.#buffered(); chunk !== null; chunk = this.#buffered()) this.#came(chunk);
  }

  #buffered(): Uint8Array | null {
    return this.#socket.read() as Uint8Array | null;
  }

  readonly #closed = (): void => {
    this.#tellBuffered();
    this.#becomeDeaf();
    if (this.#error) this.#owner?.closed(reasonOf(this.#error), this.#error);
    else this.#owner?.closed(this.#reason);
  };
}
