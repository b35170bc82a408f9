import { type Turn, turnOf } from '../../internal/Turn.js';
import type { Clock } from '../../internal/Clock.js';
import type { Stream, StreamListener } from '../carriers/Carrier.js';
import { readSlab } from '../memory/readSlab.js';
import type { Batch } from '../pipes/Batch.js';
import type { StreamPipe, Wire } from '../pipes/StreamPipe.js';
import type { Cipher } from '../zmtp/Cipher.js';
import {
  encodeCancel,
  encodeJoin,
  encodeLeave,
  encodeLegacySubscription,
  encodePing,
  encodePong,
  encodeSubscribe,
} from '../zmtp/commands.js';
import { Decoder, type DecoderLimits, type FrameSink } from '../zmtp/Decoder.js';
import { COMMAND, MORE } from '../zmtp/flags.js';
import { frameOf } from '../zmtp/frameOf.js';
import { Handshake } from '../zmtp/Handshake.js';
import type { HandshakeSettings } from '../zmtp/HandshakeSettings.js';
import { parseCommand } from '../zmtp/parseCommand.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { sealSegments } from '../zmtp/sealSegments.js';
import { ZmtpError } from '../zmtp/ZmtpError.js';
import type { Flushable, Flusher } from './Flusher.js';
import { Heartbeat, type HeartbeatListener } from './Heartbeat.js';

/** What connections of one socket share. */
export interface ConnectionSettings extends DecoderLimits {
  readonly clock: Clock;
  readonly flusher: Flusher;
  /** `undefined`: no ZMTP, but bytes as they are. */
  readonly handshake: Omit<HandshakeSettings, 'address'> | undefined;
  readonly handshakeTimeoutMs: number;
  readonly minBytesPerSecond: number;
  readonly heartbeat: { readonly intervalMs: number; readonly timeoutMs: number; readonly ttlMs: number } | false;
}

/** Why a connection ended. */
export interface ConnectionEnd {
  readonly reason: string;
  readonly error: Error | undefined;
  /** Whether its handshake was done. */
  readonly established: boolean;
  /** The peer broke the protocol, or one of the two did not want the other: trying again soon is of no use. */
  readonly fault: boolean;
  /** It failed over who may talk to whom, or so it seems. */
  readonly security: boolean;
  /** Its stream is still there, for the peer to read why: `gone` follows. */
  readonly lingers: boolean;
}

/** Whose connection it is. */
export interface ConnectionOwner {
  /** It is only to send what is left. */
  readonly closing: boolean;
  /** The handshake is done: gives the pipe, or why there is none. */
  established(connection: Connection): StreamPipe | string;
  /** The pipe can be written to. */
  connected(pipe: StreamPipe, peer: PeerInfo): void;
  subscription(pipe: StreamPipe, topic: Uint8Array, on: boolean): void;
  membership(pipe: StreamPipe, group: Uint8Array, on: boolean): void;
  /** It handed messages to the kernel. */
  progress(connection: Connection): void;
  /** It is over. Its pipe, if it had one, has no connection any more. */
  ended(connection: Connection, end: ConnectionEnd): void;
  /** Its stream is gone as well. */
  gone?(connection: Connection): void;
}

interface Cause {
  readonly reason: string;
  readonly fault: boolean;
  readonly security?: boolean;
}

/** What a CURVE box has more than the frame in it. */
const CURVE_OVERHEAD_BYTES = 33;
const CLOSED_BY_PEER = 'the peer closed the connection';
const CLOSED_IN_HANDSHAKE =
  'the peer closed the connection during the handshake, as it does where the socket types or the security do not fit';
const CLOSED_IN_GREETING =
  'the peer closed the connection during the handshake, before it said what its security is, as it does where it is not ours';
const CLOSED_IN_PROOF =
  'the peer closed the connection during the handshake, as it does where a key or a name is not the right one';
const NO_PEER: PeerInfo = { version: 2, socketType: '', identity: new Uint8Array(), properties: new Map() };
/** How often a message that has begun is looked after, in ms. */
const RATE_CHECK_MS = 10_000;
/** So much one connection reads in a turn when others read as well: the system would let the first of them go on for long. */
const SHARE_BYTES = 256 * 1024;
/** Who has read so much in a turn looks at the time. */
const BUSY_BYTES = 4096;

/** A stream that speaks ZMTP: what stands in the outbox of its pipe goes out, what comes in goes to the inbox. */
export class Connection implements StreamListener, Wire, Flushable, FrameSink, HeartbeatListener {
  readonly #settings: ConnectionSettings;
  readonly #owner: ConnectionOwner;
  readonly #stream: Stream;
  readonly #turn: Turn;
  #handshake: Handshake | undefined;
  #decoder: Decoder | undefined;
  #cipher: Cipher | undefined;
  #heartbeat: Heartbeat | undefined;
  #cancelDeadline: (() => void) | undefined;
  #pipe: StreamPipe | undefined;
  #peer: PeerInfo = NO_PEER;
  /** Frames that go out before messages do. */
  #commands: Uint8Array[] = [];
  /** The context of the last PING that was not answered. */
  #pong: Uint8Array | undefined;
  /** The kernel has not taken all yet, of this. */
  #blocked = false;
  #inFlight: Batch | undefined;
  #flushAsked = false;
  /** The stream was last given a place in a message that is being put together. */
  #inPlace = false;
  #paused = false;
  /** Waits for the next turn of the event loop. */
  #resting = false;
  /** Nothing more is written once the outbox is empty. */
  #closing = false;
  #half = false;
  #over = false;
  #established = false;
  /** Why it is ended by us. */
  #cause: Cause | undefined;
  #received = 0;
  /** The last turn in which it read, and what had come before. */
  #turnId = -1;
  #receivedBefore = 0;
  /** What came when this turn of the event loop had had its time. */
  #held: Uint8Array[] | undefined;
  #cancelRateCheck: (() => void) | undefined;

  constructor(settings: ConnectionSettings, owner: ConnectionOwner, stream: Stream) {
    this.#settings = settings;
    this.#owner = owner;
    this.#stream = stream;
    this.#turn = turnOf(settings.clock);
  }

  /** Messages that were handed to the stream but are not with the kernel. */
  get unsent(): number {
    return this.#inFlight?.messages ?? 0;
  }

  get deaf(): boolean {
    return this.#paused;
  }

  get peerAddress(): string {
    return this.#stream.peerAddress;
  }

  /** How far its handshake has come, as long as that is not done: nothing was heard, or something, or we make it wait for an answer. */
  get stage(): 'silent' | 'speaking' | 'asking' {
    if (this.#received === 0) return 'silent';
    return this.#handshake?.unsettled === 'answer' ? 'asking' : 'speaking';
  }

  /** Begins the handshake. */
  begin(): void {
    const { handshake, handshakeTimeoutMs, clock } = this.#settings;
    if (handshake === undefined) {
      this.#establish(NO_PEER, undefined);
      return;
    }
    if (handshakeTimeoutMs > 0) {
      this.#cancelDeadline = clock.after(handshakeTimeoutMs, () => this.#late(handshakeTimeoutMs));
    }
    this.#handshake = new Handshake(
      { ...handshake, address: this.#stream.peerAddress },
      {
        send: (bytes) => {
          this.#commands.push(bytes);
          this.transmitSoon();
        },
        done: (peer, cipher, early) => {
          this.#establish(peer, cipher);
          if (early.length > 0) this.#take(early, early.length, false);
        },
        failed: (reason, refused, security) => this.#handshakeFailed({ reason, fault: true, security }, refused),
      },
    );
    this.#handshake.begin();
    this.transmit();
  }

  // What the stream tells.

  target(): Uint8Array {
    const wanted = this.#held === undefined ? this.#decoder?.wanted : undefined; // what is held comes first
    this.#inPlace = wanted !== undefined;
    return wanted ?? readSlab;
  }

  filled(count: number): void {
    if (!this.#inPlace) {
      this.#take(readSlab, count, true);
      return;
    }
    if (this.#over) return;
    const decoder = this.#decoder!;
    this.#hear(count);
    this.#decode(this.#pipe!, () => decoder.filled(count));
  }

  data(chunk: Uint8Array): void {
    this.#take(chunk, chunk.length, false);
  }

  drained(): void {
    const sent = this.#inFlight;
    this.#inFlight = undefined;
    this.#blocked = false;
    sent?.release();
    this.#owner.progress(this);
    this.transmit();
  }

  ended(): void {
    this.#useHeld();
    if (this.#over) return;
    this.#cause ??= this.#closedByPeer();
    if (this.#blocked)
      this.#stream.destroy(); // nothing that was written may be referred to any more
    else this.#stream.end();
    this.#finish(undefined);
  }

  closed(reason: string, error?: Error): void {
    this.#useHeld();
    this.#cause ??= { ...this.#closedByPeer(), reason };
    this.#finish(error);
    this.#owner.gone?.(this);
  }

  // What the pipe asks for.

  transmitSoon(): void {
    if (this.#flushAsked) return;
    this.#flushAsked = true;
    this.#settings.flusher.ask(this);
  }

  flush(): void {
    this.#flushAsked = false;
    this.transmit();
  }

  transmit(): void {
    if (this.#blocked || this.#half || this.#over) return;
    const pipe = this.#pipe;
    let told = false;
    if (this.#pong !== undefined) {
      this.#commands.push(this.#sealed(COMMAND, encodePong(this.#pong)));
      this.#pong = undefined;
    }
    if (this.#commands.length > 0) {
      const commands = this.#commands;
      this.#commands = [];
      this.#blocked = !this.#stream.write(commands);
    }
    while (pipe !== undefined && !this.#blocked) {
      const batch = pipe.outbox.take();
      if (batch === undefined) break;
      told = true;
      const segments = this.#cipher === undefined ? batch.segments : sealSegments(batch.segments, this.#cipher);
      if (this.#stream.write(segments)) batch.release();
      else {
        this.#blocked = true;
        this.#inFlight = batch;
      }
    }
    if (told) {
      pipe!.handedOver();
      if (!this.#blocked) this.#owner.progress(this);
    }
    if (this.#closing && !this.#blocked) this.#halfClose();
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    if ((this.#pipe?.outbox.messages ?? 0) > 0) this.transmit(); // it comes after what was sent before it
    if (this.#peer.version === 3.1) this.#command(on ? encodeSubscribe(topic) : encodeCancel(topic));
    else this.#frame(0, encodeLegacySubscription(topic, on));
  }

  join(group: Uint8Array, on: boolean): void {
    this.#command(on ? encodeJoin(group) : encodeLeave(group));
  }

  resume(): void {
    if (!this.#paused || this.#resting || this.#over) return;
    this.#paused = false;
    this.#stream.resume();
    if (this.#decoder?.begun === true) this.#checkRate();
  }

  refuse(reason: string, security = false): void {
    this.#fail(reason, true, security);
  }

  /** Sends what the pipe still has, then half-closes: nothing that was handed over is lost to an abrupt end. */
  close(): void {
    if (this.#over || this.#closing) return;
    this.#closing = true;
    if (this.#established) this.transmit();
    else this.destroy();
  }

  /** Ends it at once. */
  destroy(): void {
    if (this.#over) return;
    this.#cause ??= { reason: 'it was closed here', fault: false };
    this.#stream.destroy();
    this.#finish(undefined);
  }

  /** Does not wait any longer for the peer to read why it was refused. */
  abandon(): void {
    this.#stream.destroy();
  }

  // What the heartbeat asks for.

  ping(): void {
    const { heartbeat } = this.#settings;
    if (heartbeat) this.#command(encodePing(heartbeat.ttlMs));
  }

  timedOut(afterMs: number): void {
    this.#fail(`nothing came from the peer for ${afterMs} ms (heartbeat)`, false);
  }

  // What the decoder finds.

  add(buffer: Uint8Array, length: number, more: boolean, start?: number): void {
    const { inbox } = this.#pipe!;
    if (this.#cipher === undefined) {
      inbox.add(buffer, length, more, start);
      return;
    }
    if (more) throw new ZmtpError('a CURVE frame with MORE outside its box');
    const { flags, body } = this.#cipher.open(start === undefined ? buffer : buffer.subarray(start, start + length));
    if ((flags & COMMAND) !== 0) this.#obey(body);
    else {
      const { maxMessageBytes, maxParts } = this.#settings;
      if (inbox.openParts >= maxParts || inbox.openBytes + body.length > maxMessageBytes) {
        throw new ZmtpError(`a message above maxParts (${maxParts}) or maxMessageBytes (${maxMessageBytes})`);
      }
      inbox.add(body, body.length, (flags & MORE) !== 0);
    }
  }

  command(body: Uint8Array): void {
    if (this.#cipher === undefined) this.#obey(body);
    else throw new ZmtpError('a command outside its CURVE box');
  }

  #obey(body: Uint8Array): void {
    const command = parseCommand(body);
    const pipe = this.#pipe!;
    switch (command?.kind) {
      case 'subscribe':
      case 'cancel':
        pipe.arrived(0); // what came before it is read before it
        if (this.#over) break;
        this.#owner.subscription(pipe, command.topic, command.kind === 'subscribe');
        break;
      case 'join':
      case 'leave':
        this.#owner.membership(pipe, command.group, command.kind === 'join');
        break;
      case 'ping':
        this.#heartbeat?.pinged(command.ttlMs);
        this.#pong = command.context.slice();
        this.transmitSoon();
        break;
      default: // PONG was heard already, unknown ones are for later versions
    }
    if (this.#over) throw new ZmtpError('what a peer sends after it was refused'); // ends the decoding
  }

  #take(chunk: Uint8Array, count: number, isSlab: boolean): void {
    if (this.#over) return;
    if (this.#held !== undefined || (this.#pipe !== undefined && count >= BUSY_BYTES && this.#turn.spent)) {
      this.#hold(isSlab || count < chunk.length ? chunk.slice(0, count) : chunk);
    } else this.#use(chunk, count, isSlab);
  }

  /** Looks at it when there is time again, and reads no more until then. */
  #hold(chunk: Uint8Array): void {
    (this.#held ??= []).push(chunk);
    if (!this.#paused) this.#pause();
    if (this.#resting) return;
    this.#resting = true;
    this.#turn.wait(this.#rested);
  }

  /** Nothing more comes: what has come is looked at now. */
  #useHeld(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) for (const chunk of held) this.#use(chunk, chunk.length, false);
  }

  #use(chunk: Uint8Array, count: number, isSlab: boolean): void {
    if (this.#over) return;
    let from = 0;
    this.#hear(count);
    if (this.#handshake !== undefined) {
      from = this.#handshake.feed(count === chunk.length ? chunk : chunk.subarray(0, count));
      if (from === count || this.#over || this.#pipe === undefined) return;
    }
    const pipe = this.#pipe!;
    const decoder = this.#decoder;
    if (decoder === undefined) {
      const { messages } = pipe.inbox;
      const piece = isSlab ? chunk.slice(0, count) : chunk;
      pipe.inbox.add(piece, piece.length, false);
      this.#delivered(pipe, messages);
    } else {
      this.#decode(pipe, () => decoder.feed(chunk, from, count));
    }
    if (isSlab) pipe.inbox.rescue(chunk);
  }

  /** Tells of the messages that came before a peer breaks the protocol, and only then ends the connection. */
  #decode(pipe: StreamPipe, action: () => void): void {
    const before = pipe.inbox.messages;
    let broken: ZmtpError | undefined;
    try {
      action();
    } catch (error) {
      if (!(error instanceof ZmtpError)) throw error;
      broken = error;
    }
    if (this.#over) return; // it told of what came before it ended, and nothing counts that came after
    this.#delivered(pipe, before);
    if (broken) this.#fail(broken.message, true);
  }

  /** Tells of what came, and stops reading while there is no room or no time. */
  #delivered(pipe: StreamPipe, before: number): void {
    pipe.arrived(before);
    const hasHadItsShare = this.#hasHadItsShare(); // what was held counts as well
    if (this.#over || this.#paused) return;
    if (pipe.inboxFull) this.#pause();
    else if (hasHadItsShare || (this.#isBusy(pipe) && this.#turn.spent)) {
      this.#resting = true;
      this.#pause();
      this.#turn.wait(this.#rested);
    }
    if (this.#decoder?.begun === true) this.#checkRate();
  }

  #hasHadItsShare(): boolean {
    const turn = this.#turn;
    if (turn.id !== this.#turnId) {
      turn.join();
      this.#turnId = turn.id;
      this.#receivedBefore = this.#received;
      return false;
    }
    return turn.shared && this.#received - this.#receivedBefore >= SHARE_BYTES;
  }

  /** It takes time, be it with messages or with what is done with at once: a storm of commands. */
  #isBusy(pipe: StreamPipe): boolean {
    return pipe.inbox.messages > 0 || this.#received - this.#receivedBefore >= BUSY_BYTES;
  }

  readonly #rested = (): void => {
    this.#resting = false;
    const held = this.#held;
    this.#held = undefined;
    if (held !== undefined) for (const chunk of held) this.#take(chunk, chunk.length, false);
    if (this.#pipe?.inboxFull === false) this.resume();
  };

  #pause(): void {
    this.#paused = true;
    this.#stream.pause();
  }

  #hear(count: number): void {
    this.#received += count;
    this.#heartbeat?.heard();
  }

  /** A message that has begun must go on: otherwise a peer could hold memory for ever. */
  #checkRate(): void {
    const { clock, minBytesPerSecond } = this.#settings;
    if (this.#cancelRateCheck !== undefined || minBytesPerSecond === 0) return;
    const before = this.#received;
    this.#cancelRateCheck = clock.after(RATE_CHECK_MS, () => {
      this.#cancelRateCheck = undefined;
      if (this.#decoder?.begun !== true || this.#paused) return;
      if (this.#received - before < (minBytesPerSecond * RATE_CHECK_MS) / 1000) {
        this.#fail(`a message came at less than ${minBytesPerSecond} bytes a second`, false);
      } else this.#checkRate();
    });
  }

  #establish(peer: PeerInfo, cipher: Cipher | undefined): void {
    const { clock, heartbeat } = this.#settings;
    this.#handshake = undefined;
    this.#cancelDeadline?.();
    const pipe = this.#owner.established(this);
    if (this.#over) return; // whoever heard of the peer has closed it
    if (typeof pipe === 'string') {
      this.#fail(pipe, true);
      return;
    }
    this.#established = true;
    this.#peer = peer;
    this.#cipher = cipher;
    this.#pipe = pipe;
    const { handshake, maxParts, maxMessageBytes } = this.#settings;
    const overhead = cipher === undefined ? 0 : CURVE_OVERHEAD_BYTES;
    if (handshake) this.#decoder = new Decoder(this, { maxParts, maxMessageBytes: maxMessageBytes + overhead });
    if (peer.version !== 2 && this.#decoder) this.#heartbeat = new Heartbeat(clock, heartbeat, this);
    pipe.open(this, peer);
    pipe.tellConnected(() => this.#owner.connected(pipe, peer));
    if (this.#owner.closing) this.close();
  }

  /** What a peer does not say, as far as it can be known. */
  #closedByPeer(): Cause {
    if (this.#established) return { reason: CLOSED_BY_PEER, fault: false };
    switch (this.#handshake?.unsettled) {
      case 'mechanism':
        return { reason: CLOSED_IN_GREETING, fault: false, security: true };
      case 'proof':
        return { reason: CLOSED_IN_PROOF, fault: false, security: true };
      default:
        return { reason: CLOSED_IN_HANDSHAKE, fault: false };
    }
  }

  #late(afterMs: number): void {
    const unsettled = this.#handshake?.unsettled;
    if (unsettled === 'answer') this.#fail(`authenticate did not answer within ${afterMs} ms`, false, true);
    else this.#fail(`the handshake was not done within ${afterMs} ms`, false, unsettled === 'proof');
  }

  #handshakeFailed(cause: Cause, refused: boolean): void {
    this.#cause ??= cause;
    this.transmit();
    if (refused) this.#stream.end();
    else this.#stream.destroy();
    this.#finish(undefined, refused);
  }

  #fail(reason: string, fault: boolean, security = false): void {
    if (this.#over) return;
    this.#cause ??= { reason, fault, security };
    this.#stream.destroy();
    this.#finish(undefined);
  }

  #command(body: Uint8Array): void {
    this.#frame(COMMAND, body);
  }

  #frame(flags: number, body: Uint8Array): void {
    this.#commands.push(this.#sealed(flags, body));
    this.transmitSoon();
  }

  #sealed(flags: number, body: Uint8Array): Uint8Array {
    return this.#cipher === undefined ? frameOf(flags, body) : frameOf(0, this.#cipher.seal(flags, body));
  }

  #halfClose(): void {
    if (this.#half) return;
    this.#half = true;
    this.#cause ??= { reason: 'it was closed here', fault: false };
    this.#stream.end();
    this.#finish(undefined);
  }

  #finish(error: Error | undefined, lingers = false): void {
    if (this.#over) return;
    this.#over = true;
    this.#handshake?.close();
    this.#cancelDeadline?.();
    this.#cancelRateCheck?.();
    this.#heartbeat?.stop();
    const unsent = this.#inFlight;
    this.#inFlight = undefined;
    this.#held = undefined;
    unsent?.release();
    this.#pipe?.close();
    const { reason, fault, security = false } = this.#cause ?? { reason: 'it ended', fault: false };
    this.#owner.ended(this, { reason, error, established: this.#established, fault, security, lingers });
  }
}
