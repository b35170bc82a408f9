import type { Stream } from '../carriers/Carrier.js';
import type { Batch } from '../pipes/Batch.js';
import type { StreamPipe } from '../pipes/StreamPipe.js';
import type { Cipher } from '../zmtp/Cipher.js';
import {
  encodeCancel,
  encodeError,
  encodeJoin,
  encodeLeave,
  encodeLegacySubscription,
  encodePing,
  encodePong,
  encodeSubscribe,
} from '../zmtp/commands.js';
import { COMMAND } from '../zmtp/flags.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { frameOf } from '../zmtp/frameOf.js';
import { sealSegments } from '../zmtp/sealSegments.js';
import type { Flushable, Flusher } from '../context/Flusher.js';

/** The listener of the sending side. */
export interface OutgoingListener {
  /** The kernel has accepted messages. */
  progress(): void;
  /** The kernel has accepted the PING. */
  pingSent(): void;
  /** Everything was sent after `close`. */
  sentAll(): void;
}

/** The sending side of a connection: sends commands, then the messages in the outbox of its pipe. */
export class Outgoing implements Flushable {
  readonly #stream: Stream;
  readonly #flusher: Flusher;
  readonly #listener: OutgoingListener;
  #pipe: StreamPipe | undefined;
  #cipher: Cipher | undefined;
  /** Frames to be sent before messages. */
  #commands: Uint8Array[] = [];
  /** The time to live of the next PING. */
  #ping: number | undefined;
  /** The context of the last PING that has no answer yet. */
  #pong: Uint8Array | undefined;
  /** The kernel has not accepted all of the last write; if that was a batch, it is in `#inFlight`. */
  #blocked = false;
  #inFlight: Batch | undefined;
  #isPingInFlight = false;
  #flushAsked = false;
  /** Nothing more is written once the outbox is empty. */
  #closing = false;
  #over = false;
  #lost = 0;
  /** Messages have been written to the stream. */
  hasSent = false;
  /** Writing has failed. */
  isBroken = false;

  constructor(stream: Stream, flusher: Flusher, listener: OutgoingListener) {
    this.#stream = stream;
    this.#flusher = flusher;
    this.#listener = listener;
  }

  /** Messages that have left the outbox, but that the kernel has not accepted. */
  get unsent(): number {
    return this.#lost + (this.#inFlight?.messages ?? 0);
  }

  /** The kernel has not accepted all of the last write: its memory must not change. */
  get isBlocked(): boolean {
    return this.#blocked;
  }

  /** The handshake is done: commands are sealed from now on. */
  seal(cipher: Cipher | undefined): void {
    this.#cipher = cipher;
  }

  /** Messages may be sent. */
  open(pipe: StreamPipe): void {
    this.#pipe = pipe;
  }

  /** Sends bytes of a handshake. */
  send(bytes: Uint8Array): void {
    this.#commands.push(bytes);
    this.transmitSoon();
  }

  /** Sends a frame ahead of the queued messages. */
  frame(flags: number, body: Uint8Array): void {
    this.send(this.#sealed(flags, body));
  }

  /** Sends a subscription (`on`) or its end. */
  subscribe(topic: Uint8Array, on: boolean, version: PeerInfo['version']): void {
    if (version === 3.1) this.frame(COMMAND, on ? encodeSubscribe(topic) : encodeCancel(topic));
    else this.frame(0, encodeLegacySubscription(topic, on));
  }

  /** Sends the JOIN (`on`) or LEAVE of a group. */
  join(group: Uint8Array, on: boolean): void {
    this.frame(COMMAND, on ? encodeJoin(group) : encodeLeave(group));
  }

  /** Sends a PING ahead of the queued messages; one at a time. */
  ping(ttlMs: number): void {
    this.#ping = ttlMs;
    this.transmitSoon();
  }

  /** Sends a PONG. If several PINGs wait, only the last one is answered. */
  pong(context: Uint8Array): void {
    this.#pong = context;
    this.transmitSoon();
  }

  transmitSoon(): void {
    if (this.#flushAsked) return;
    this.#flushAsked = true;
    this.#flusher.ask(this);
  }

  flush(): void {
    this.#flushAsked = false;
    this.transmit();
  }

  transmit(): void {
    if (this.#blocked || this.#over) return;
    this.#sendCommands();
    const pipe = this.#pipe;
    let sentAny = false;
    while (pipe !== undefined && !this.#blocked) {
      const batch = pipe.outbox.take();
      if (batch === undefined) break;
      sentAny = true;
      this.hasSent = true;
      const segments = this.#cipher === undefined ? batch.segments : sealSegments(batch.segments, this.#cipher);
      if (this.#stream.write(segments)) batch.release();
      else {
        this.#blocked = true;
        this.#inFlight = batch;
      }
    }
    if (sentAny) {
      pipe!.handedOver();
      if (!this.#blocked) this.#listener.progress();
    }
    this.#mayClose();
  }

  /** The kernel has accepted the rest of the last write. */
  drained(): void {
    this.#blocked = false;
    this.#letGo();
    this.#listener.progress();
    if (this.#isPingInFlight) {
      this.#isPingInFlight = false;
      this.#listener.pingSent();
    }
    this.transmit();
  }

  /** A write has failed, and so will all others: the batch in flight is lost. */
  failed(): void {
    this.isBroken = true;
    this.#blocked = true;
    this.#lost += this.#inFlight?.messages ?? 0;
    this.#letGo();
    this.#pipe?.mute();
  }

  /** Sends the queued messages of the pipe; `sentAll` follows. */
  close(): void {
    this.#closing = true;
    this.transmit();
  }

  /** Sends only an ERROR, behind what was already written to the stream; `sentAll` follows. Queued messages stay in the pipe. */
  refuse(reason: string): void {
    this.#pipe = undefined;
    this.#ping = undefined;
    this.#pong = undefined;
    this.frame(COMMAND, encodeError(reason));
    this.close();
  }

  /** The connection is over: sends nothing more, and releases the batch in flight. */
  stop(): void {
    this.#over = true;
    this.#lost += this.#inFlight?.messages ?? 0;
    this.#letGo();
  }

  #letGo(): void {
    const sent = this.#inFlight;
    this.#inFlight = undefined; // first: the listener of `released` may write again
    sent?.release();
  }

  #sendCommands(): void {
    if (this.#pong !== undefined) {
      this.#commands.push(this.#sealed(COMMAND, encodePong(this.#pong)));
      this.#pong = undefined;
    }
    const pings = this.#ping !== undefined;
    if (this.#ping !== undefined) {
      this.#commands.push(this.#sealed(COMMAND, encodePing(this.#ping)));
      this.#ping = undefined;
    }
    if (this.#commands.length === 0) return;
    const commands = this.#commands;
    this.#commands = [];
    this.#blocked = !this.#stream.write(commands);
    this.#isPingInFlight = pings && this.#blocked;
    if (pings && !this.#blocked) this.#listener.pingSent();
  }

  #mayClose(): void {
    if (!this.#closing || this.#blocked || this.#over) return;
    this.#over = true;
    this.#listener.sentAll();
  }

  #sealed(flags: number, body: Uint8Array): Uint8Array {
    return this.#cipher === undefined ? frameOf(flags, body) : frameOf(0, this.#cipher.seal(flags, body));
  }
}
