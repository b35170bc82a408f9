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

/** Who hears what becomes of it. */
export interface OutgoingListener {
  /** The kernel has taken messages. */
  progress(): void;
  /** The kernel has the PING that was asked for. */
  pingSent(): void;
  /** All was sent after `close`. */
  sentAll(): void;
}

/** The side of a connection that sends: commands, then what stands in the outbox of its pipe. */
export class Outgoing implements Flushable {
  readonly #stream: Stream;
  readonly #flusher: Flusher;
  readonly #listener: OutgoingListener;
  #pipe: StreamPipe | undefined;
  #cipher: Cipher | undefined;
  /** Frames that go out before messages do. */
  #commands: Uint8Array[] = [];
  /** The time to live of a PING that is to be sent. */
  #ping: number | undefined;
  /** The context of the last PING that was not answered. */
  #pong: Uint8Array | undefined;
  /** The kernel has not taken all yet, of this. */
  #blocked = false;
  #inFlight: Batch | undefined;
  #isPingInFlight = false;
  #flushAsked = false;
  /** Nothing more is written once the outbox is empty. */
  #closing = false;
  #over = false;
  #lost = 0;
  /** Messages were given to the stream. */
  hasSent = false;
  /** Writing has failed. */
  isBroken = false;

  constructor(stream: Stream, flusher: Flusher, listener: OutgoingListener) {
    this.#stream = stream;
    this.#flusher = flusher;
    this.#listener = listener;
  }

  /** Messages that were taken out of the outbox and are not with the kernel. */
  get unsent(): number {
    return this.#lost + (this.#inFlight?.messages ?? 0);
  }

  /** The kernel has not taken all of the last write: its memory must stand. */
  get isBlocked(): boolean {
    return this.#blocked;
  }

  /** The handshake is done: commands are sealed from now on. */
  seal(cipher: Cipher | undefined): void {
    this.#cipher = cipher;
  }

  /** Messages may go out. */
  open(pipe: StreamPipe): void {
    this.#pipe = pipe;
  }

  /** Sends bytes of a handshake. */
  send(bytes: Uint8Array): void {
    this.#commands.push(bytes);
    this.transmitSoon();
  }

  /** Sends a frame ahead of the messages that wait. */
  frame(flags: number, body: Uint8Array): void {
    this.send(this.#sealed(flags, body));
  }

  /** Sends a subscription (`on`) or its end. */
  subscribe(topic: Uint8Array, on: boolean, version: PeerInfo['version']): void {
    if (version === 3.1) this.frame(COMMAND, on ? encodeSubscribe(topic) : encodeCancel(topic));
    else this.frame(0, encodeLegacySubscription(topic, on));
  }

  /** Sends that a group was joined (`on`) or left. */
  join(group: Uint8Array, on: boolean): void {
    this.frame(COMMAND, on ? encodeJoin(group) : encodeLeave(group));
  }

  /** Sends a PING ahead of the messages that wait; one at a time. */
  ping(ttlMs: number): void {
    this.#ping = ttlMs;
    this.transmitSoon();
  }

  /** Sends a PONG; the last one that was asked for is enough. */
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

  /** The kernel has taken what it had not. */
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

  /** What was written did not arrive, and nothing will: what is in flight is lost. */
  failed(): void {
    this.isBroken = true;
    this.#blocked = true;
    this.#lost += this.#inFlight?.messages ?? 0;
    this.#letGo();
    this.#pipe?.mute();
  }

  /** Sends what the pipe still has; `sentAll` follows. */
  close(): void {
    this.#closing = true;
    this.transmit();
  }

  /** Sends nothing more but an ERROR, behind what the stream has already; `sentAll` follows. What the pipe has stays there. */
  refuse(reason: string): void {
    this.#pipe = undefined;
    this.#ping = undefined;
    this.#pong = undefined;
    this.frame(COMMAND, encodeError(reason));
    this.close();
  }

  /** It is over: sends nothing more, and lets go of what it has. */
  stop(): void {
    this.#over = true;
    this.#lost += this.#inFlight?.messages ?? 0;
    this.#letGo();
  }

  #letGo(): void {
    const sent = this.#inFlight;
    this.#inFlight = undefined; // first: who has it back may write again
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
