import { Deadline } from '../../time/Deadline.js';
import type { Stream, StreamListener } from '../carriers/Carrier.js';
import type { StreamPipe, Wire } from '../pipes/StreamPipe.js';
import type { Cipher } from '../zmtp/Cipher.js';
import { encodeCancel, encodeJoin, encodeLeave, encodeLegacySubscription, encodeSubscribe } from '../zmtp/commands.js';
import { COMMAND } from '../zmtp/flags.js';
import { Handshake } from '../zmtp/Handshake.js';
import { parseCommand } from '../zmtp/parseCommand.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { ZmtpError } from '../zmtp/ZmtpError.js';
import { closedInHandshake } from './closedInHandshake.js';
import type { ConnectionOwner, ConnectionSettings } from './ConnectionOwner.js';
import { Heartbeat, type HeartbeatListener } from './Heartbeat.js';
import { Incoming, type IncomingListener } from './Incoming.js';
import { Outgoing, type OutgoingListener } from './Outgoing.js';

interface Cause {
  readonly reason: string;
  readonly fault: boolean;
  readonly security?: boolean;
}

const CLOSED_BY_PEER = 'the peer closed the connection';
const NO_PEER: PeerInfo = { version: 2, socketType: '', identity: new Uint8Array(), properties: new Map() };
const NO_CONTEXT = new Uint8Array();

/** A stream that speaks ZMTP: what comes in goes to the inbox of its pipe, what stands in the outbox goes out. */
export class Connection implements StreamListener, Wire, HeartbeatListener, IncomingListener, OutgoingListener {
  readonly #settings: ConnectionSettings;
  readonly #owner: ConnectionOwner<Connection>;
  readonly #stream: Stream;
  readonly #outgoing: Outgoing;
  readonly #incoming: Incoming;
  readonly #deadline: Deadline;
  #handshake: Handshake | undefined;
  #heartbeat: Heartbeat | undefined;
  #pipe: StreamPipe | undefined;
  #peer: PeerInfo = NO_PEER;
  /** The peer has sent something. */
  #hasSpoken = false;
  #closing = false;
  #over = false;
  #established = false;
  /** Why it is ended by us. */
  #cause: Cause | undefined;

  constructor(settings: ConnectionSettings, owner: ConnectionOwner<Connection>, stream: Stream) {
    const { clock, flusher } = settings;
    this.#settings = settings;
    this.#owner = owner;
    this.#stream = stream;
    this.#outgoing = new Outgoing(stream, flusher, this);
    this.#incoming = new Incoming(settings, stream, this);
    this.#deadline = new Deadline(clock, () => this.#late());
  }

  /** Messages that were handed to the stream but are not with the kernel. */
  get unsentMessages(): number {
    return this.#outgoing.unsent;
  }

  get peerAddress(): string {
    return this.#stream.peerAddress;
  }

  /** How far its handshake has come, as long as that is not done: nothing was heard, or something, or we make it wait for an answer. */
  get stage(): 'silent' | 'speaking' | 'asking' {
    if (!this.#hasSpoken) return 'silent';
    return this.#handshake?.unsettled === 'answer' ? 'asking' : 'speaking';
  }

  /** Begins the handshake. */
  begin(): void {
    const { handshake, handshakeTimeoutMs } = this.#settings;
    if (handshake === undefined) {
      this.#establish(NO_PEER, undefined);
      return;
    }
    if (handshakeTimeoutMs > 0) this.#deadline.set(handshakeTimeoutMs);
    this.#handshake = new Handshake(
      { ...handshake, address: this.#stream.peerAddress },
      {
        send: (bytes) => this.#outgoing.send(bytes),
        done: (peer, cipher, early) => {
          this.#establish(peer, cipher);
          if (early.length > 0) this.#incoming.take(early, early.length, false);
        },
        failed: (reason, refused, security) => this.#handshakeFailed({ reason, fault: true, security }, refused),
      },
    );
    this.#handshake.begin();
    this.transmit();
  }

  // What the stream tells.

  target(): Uint8Array {
    return this.#incoming.target();
  }

  filled(count: number): void {
    this.#incoming.filled(count);
  }

  data(chunk: Uint8Array): void {
    this.#incoming.take(chunk, chunk.length, false);
  }

  drained(): void {
    this.#heartbeat?.drained();
    this.#outgoing.drained();
  }

  /** What has come, and what still comes, is read to its end whatever becomes of what was written. */
  writeFailed(): void {
    if (this.#over) return;
    this.#heartbeat?.stop();
    this.#outgoing.failed();
    if (this.#closing) this.destroy();
  }

  ended(): void {
    this.#incoming.useHeld();
    if (this.#over) return;
    this.#cause ??= this.#closedByPeer();
    if (this.#outgoing.isBlocked)
      this.#stream.destroy(); // nothing that was written may be referred to any more
    else this.#stream.end();
    this.#finish(undefined);
  }

  closed(reason: string, error?: Error): void {
    this.#incoming.useHeld();
    this.#cause ??= { ...this.#closedByPeer(), reason };
    this.#finish(error);
    this.#owner.gone?.(this);
  }

  // What the pipe asks for.

  transmit(): void {
    this.#outgoing.transmit();
  }

  transmitSoon(): void {
    this.#outgoing.transmitSoon();
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    if ((this.#pipe?.outbox.messages ?? 0) > 0) this.transmit(); // it comes after what was sent before it
    if (this.#peer.version === 3.1) this.#outgoing.frame(COMMAND, on ? encodeSubscribe(topic) : encodeCancel(topic));
    else this.#outgoing.frame(0, encodeLegacySubscription(topic, on));
  }

  join(group: Uint8Array, on: boolean): void {
    this.#outgoing.frame(COMMAND, on ? encodeJoin(group) : encodeLeave(group));
  }

  resume(): void {
    this.#incoming.resume();
  }

  refuse(reason: string, security = false): void {
    this.#fail(reason, true, security);
  }

  /** Sends what the pipe still has, then half-closes: nothing that was handed over is lost to an abrupt end. */
  close(): void {
    if (this.#over || this.#closing) return;
    this.#closing = true;
    if (this.#established && !this.#outgoing.isBroken) this.#outgoing.close();
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

  // What the sending side tells.

  progress(): void {
    this.#owner.progress(this);
  }

  pingSent(): void {
    this.#heartbeat?.pingSent();
  }

  /** All was sent: half-closes. */
  sentAll(): void {
    this.#cause ??= { reason: 'it was closed here', fault: false };
    this.#stream.end();
    this.#finish(undefined);
  }

  // What the heartbeat asks for.

  get readPaused(): boolean {
    return this.#incoming.isPaused;
  }

  get isBehind(): boolean {
    return this.#incoming.isPaused || this.#incoming.hasBegun;
  }

  get unsent(): number {
    return this.#stream.unsent;
  }

  ping(): void {
    const { heartbeat } = this.#settings;
    if (heartbeat) this.#outgoing.ping(heartbeat.ttlMs);
  }

  pong(): void {
    this.#outgoing.pong(NO_CONTEXT);
  }

  timedOut(afterMs: number): void {
    this.#fail(`nothing came from the peer for ${afterMs} ms (heartbeat)`, false);
  }

  // What the receiving side tells.

  heard(): void {
    this.#hasSpoken = true;
    this.#heartbeat?.heard();
  }

  behind(): void {
    this.#heartbeat?.behind();
  }

  shake(bytes: Uint8Array): number {
    return this.#handshake?.feed(bytes) ?? bytes.length;
  }

  broken(reason: string): void {
    this.#fail(reason, true);
  }

  tooSlow(reason: string): void {
    this.#fail(reason, false);
  }

  obey(body: Uint8Array): void {
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
        this.#outgoing.pong(command.context.slice());
        break;
      case 'pong':
        this.#heartbeat?.ponged();
        break;
      default: // unknown ones are for later versions
    }
    if (this.#over) throw new ZmtpError('what a peer sends after it was refused'); // ends the decoding
  }

  #establish(peer: PeerInfo, cipher: Cipher | undefined): void {
    const { clock, heartbeat } = this.#settings;
    this.#handshake = undefined;
    this.#deadline.close();
    const pipe = this.#owner.established(this);
    if (this.#over) return; // whoever heard of the peer has closed it
    if (typeof pipe === 'string') {
      this.#fail(pipe, true);
      return;
    }
    this.#established = true;
    this.#peer = peer;
    this.#pipe = pipe;
    const speaksZmtp = this.#settings.handshake !== undefined;
    this.#incoming.open(pipe, cipher, speaksZmtp);
    this.#outgoing.open(pipe, cipher);
    if (peer.version !== 2 && speaksZmtp) {
      this.#heartbeat = new Heartbeat(clock, heartbeat, this);
      this.#heartbeat.start();
    }
    pipe.open(this, peer);
    pipe.notifyConnected(() => this.#owner.connected(pipe, peer));
    if (this.#owner.closing) this.close();
  }

  /** What a peer does not say, as far as it can be known. */
  #closedByPeer(): Cause {
    if (this.#established) return { reason: CLOSED_BY_PEER, fault: false };
    return closedInHandshake(this.#handshake?.unsettled);
  }

  #late(): void {
    const { handshakeTimeoutMs: afterMs } = this.#settings;
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

  #finish(error: Error | undefined, lingers = false): void {
    if (this.#over) return;
    this.#over = true;
    this.#handshake?.close();
    this.#deadline.close();
    this.#heartbeat?.stop();
    this.#incoming.stop();
    this.#outgoing.stop();
    const cutOff = this.#incoming.hasBegun;
    this.#pipe?.close();
    const { reason, fault, security = false } = this.#cause ?? { reason: 'it ended', fault: false };
    const { unsent } = this.#outgoing;
    const established = this.#established;
    this.#owner.ended(this, { reason, error, established, fault, security, unsent, cutOff, lingers });
  }
}
