import { Socket } from 'node:net';
import type { Stream, StreamListener } from '../Carrier.js';
import type { InPlaceReads } from './InPlaceReads.js';
import { reasonOf } from '../reasons.js';
import { CLOSED_HERE, CLOSED_THERE, SILENCE_MS, SILENT } from '../endings.js';

/** What a socket of node:net stands on tells how much of a write is left. */
interface Handled {
  readonly _handle?: { readonly writeQueueSize?: number } | null;
}

type Done = (error?: Error | null) => void;

/** A connected socket of node:net as a stream. Half-open connections must be allowed for it. */
export class NetStream implements Stream {
  readonly peerAddress: string;
  readonly #socket: Socket;
  readonly #reads: InPlaceReads | undefined;
  /** Who is told of the end. */
  #owner: StreamListener | undefined;
  /** Who is told of all the rest; nobody any more after `end` and `destroy`. */
  #listener: StreamListener | undefined;
  #detached = false;
  /** `write` gave `false`. */
  #unsent = false;
  /** Writing has failed; reading goes on. */
  #broken = false;
  #settle: Done = () => undefined;
  #reason = CLOSED_HERE;
  #error: Error | undefined;

  /** @param reads where the socket reads to; without it, it tells of its own memory as accepted ones do */
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

  /** Says who listens. To be called in the turn in which the stream was made. */
  hear(owner: StreamListener): void {
    this.#owner = owner;
    if (!this.#detached) this.#listener = owner;
    if (this.#reads) this.#reads.listener = this.#listener;
    else this.#socket.on('data', this.#came).resume(); // a server pauses those that it accepts
    this.#socket.on('end', this.#ended);
    this.#socket.on('close', this.#closed);
  }

  write(segments: readonly Uint8Array[]): boolean {
    const socket = this.#socket;
    const last = segments.length - 1;
    if (last < 0) return true;
    if (!socket.writable || this.#broken) return false; // it is on its way out
    if (last === 0) {
      socket.write(segments[0]!, this.#written);
    } else {
      socket.cork();
      for (let i = 0; i < last; i += 1) socket.write(segments[i]!);
      socket.write(segments[last]!, this.#written);
      socket.uncork();
    }
    this.#unsent = socket.writableLength > 0; // node has tried the system call at once
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
    this.#socket.resume(); // else it would never hear of the peer's end
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

  /** A stream of node destroys itself when a write fails, and what the peer had sent before it went would be lost unread. */
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
      done(error); // nothing is left to be read
    } else {
      this.#broken = true;
      this.#error ??= error;
      done();
    }
  };

  readonly #came = (chunk: Uint8Array): void => {
    // listeners are to get no Buffer, whose methods give other Buffers
    this.#listener?.data(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  };

  /** Of every write: so that none needs a function of its own. */
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
   * Nobody watches over the connection any more, and a peer that is gone without a word would keep it for ever: the one
   * time limit that is not the clock's, since it is the socket that lives on.
   */
  readonly #halfClosed = (): void => {
    this.#socket.unref();
    this.#socket.setTimeout(SILENCE_MS, this.#silent);
  };

  readonly #silent = (): void => {
    this.#reason = SILENT;
    this.#socket.destroy();
  };

  /** A socket that pauses still reads a little ahead, and when it breaks then, that is in its buffer. */
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
