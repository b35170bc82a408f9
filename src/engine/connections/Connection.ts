import { Deadline } from '../../time/Deadline.js';
import type { Stream, StreamListener } from '../carriers/Carrier.js';
import type { StreamPipe, Wire } from '../pipes/StreamPipe.js';
import type { Cipher } from '../zmtp/Cipher.js';
import { Handshake } from '../zmtp/Handshake.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { ZmtpError } from '../zmtp/ZmtpError.js';
import {
  type Cause,
  CLOSED_BY_PEER,
  CLOSED_HERE,
  closedInHandshake,
  ENDED,
  notDoneWithin,
  refusedFor,
  silentFor,
} from './causes.js';
import type { ConnectionOwner, ConnectionSettings } from './ConnectionOwner.js';
import { Heartbeat } from './Heartbeat.js';
import { heartbeatListener } from './heartbeatListener.js';
import { Incoming, type IncomingListener } from './Incoming.js';
import { Outgoing, type OutgoingListener } from './Outgoing.js';
import { PeerCommands } from './PeerCommands.js';
import { DEAF_MS } from './Refused.js';

const NO_PEER: PeerInfo = { version: 2, socketType: '', identity: new Uint8Array(), properties: new Map() };

/** A stream that speaks ZMTP: received messages go to the inbox of its pipe, and the messages of the outbox are sent. */
export class Connection implements StreamListener, Wire, IncomingListener, OutgoingListener {
  readonly #settings: ConnectionSettings;
  readonly #owner: ConnectionOwner<Connection>;
  readonly #stream: Stream;
  readonly #outgoing: Outgoing;
  readonly #incoming: Incoming;
  readonly #deadline: Deadline;
  #handshake: Handshake | undefined;
  #commands: PeerCommands | undefined;
  #heartbeat: Heartbeat | undefined;
  #pipe: StreamPipe | undefined;
  #peer: PeerInfo = NO_PEER;
  /** The peer has sent something. */
  #hasSpoken = false;
  #closing = false;
  #over = false;
  #established = false;
  /** Everything was sent, and the peer has not closed its side yet. */
  #parting = false;
  /** The connection is over, but its stream is still open. */
  #lingers = false;
  /** Why this side ends the connection. */
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

  /** Messages that were written to the stream, but that the kernel has not accepted yet. */
  get unsentMessages(): number {
    return this.#outgoing.unsent;
  }

  /** Bytes that were written, but that the kernel has not accepted yet. */
  get unsent(): number {
    return this.#stream.unsent;
  }

  get peerAddress(): string {
    return this.#stream.peerAddress;
  }

  /** The stage of an open handshake: the peer has sent nothing, or something, or waits for the answer of our authenticator. */
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
        failed: (reason, { refused, security }) => this.#handshakeFailed({ reason, fault: true, security }, refused),
      },
    );
    this.#handshake.begin();
    this.transmit();
  }

  // Called by the stream.

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
    if (!this.#over) this.#heartbeat?.drained();
    this.#outgoing.drained();
  }

  /** A failed write does not stop reading: everything that the peer has sent and still sends is read to its end. */
  writeFailed(): void {
    if (this.#over) return this.abandon();
    this.#heartbeat?.stop();
    this.#outgoing.failed();
    if (this.#closing) this.destroy();
  }

  ended(): void {
    this.#incoming.useHeld();
    if (this.#over) return;
    this.#cause ??= this.#closedByPeer();
    if (this.#outgoing.isBlocked)
      this.#stream.destroy(); // the stream must not refer to written memory any more
    else this.#stream.end();
    this.#finish(undefined);
  }

  closed(reason: string, error?: Error): void {
    this.#incoming.useHeld();
    this.#cause ??= { ...this.#closedByPeer(), reason };
    this.#finish(error);
    this.#outgoing.stop();
    this.#owner.gone(this, this.#lingers ? this.#outgoing.unsent : 0, this.#cause.reason);
  }

  // Called by the pipe.

  transmit(): void {
    this.#outgoing.transmit();
  }

  transmitSoon(): void {
    this.#outgoing.transmitSoon();
  }

  subscribe(topic: Uint8Array, on: boolean): void {
    if ((this.#pipe?.outbox.messages ?? 0) > 0) this.transmit(); // messages that were sent before it must arrive before it
    this.#outgoing.subscribe(topic, on, this.#peer.version);
  }

  join(group: Uint8Array, on: boolean): void {
    this.#outgoing.join(group, on);
  }

  resume(): void {
    this.#incoming.resume();
  }

  refuse(reason: string, security = false): void {
    this.#fail({ reason, fault: true, security });
  }

  /**
   * Sends the queued messages of the pipe, half-closes, and waits for the peer to half-close too. So no written message is lost to
   * an abrupt end, and the peer can report what it did not accept.
   */
  close(): void {
    if (this.#over || this.#closing) return;
    this.#closing = true;
    if (this.#established && !this.#outgoing.isBroken) this.#outgoing.close();
    else this.destroy();
  }

  /** Ends the connection at once. */
  destroy(): void {
    if (this.#over) return;
    this.#cause ??= CLOSED_HERE;
    if (this.#parting) this.#stream.end();
    else this.#stream.destroy();
    this.#finish(undefined);
  }

  /** Stops waiting for the peer to read the reason of its refusal. */
  abandon(): void {
    this.#stream.destroy();
  }

  // Called by `Outgoing`.

  progress(): void {
    if (!this.#over) this.#owner.progress(this);
  }

  pingSent(): void {
    this.#heartbeat?.pingSent();
  }

  /** Everything was sent, or the ERROR for a refused peer was: half-closes. */
  sentAll(): void {
    this.#cause ??= CLOSED_HERE;
    if (!this.#over && this.#settings.handshake !== undefined) return this.#part();
    this.#stream.end();
    this.#finish(undefined);
  }

  // Called by `Incoming`.

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
    this.#fail({ reason, fault: true });
  }

  tooSlow(reason: string): void {
    this.#fail({ reason, fault: false });
  }

  obey(body: Uint8Array): void {
    this.#commands!.obey(body, () => this.#over);
    if (this.#over) throw new ZmtpError('what a peer sends after it was refused'); // ends the decoding
  }

  #establish(peer: PeerInfo, cipher: Cipher | undefined): void {
    const { clock, heartbeat } = this.#settings;
    this.#handshake = undefined;
    this.#deadline.close();
    this.#peer = peer;
    this.#outgoing.seal(cipher);
    const pipe = this.#owner.established(this);
    if (this.#over) return; // the owner has closed it in `established`
    if (typeof pipe === 'string') return this.#fail({ reason: pipe, fault: true });
    this.#established = true;
    this.#pipe = pipe;
    const speaksZmtp = this.#settings.handshake !== undefined;
    this.#commands = new PeerCommands(pipe, this.#owner, this.#outgoing, (reason) =>
      this.#endBecause(refusedFor(reason)),
    );
    this.#incoming.open(pipe, cipher, speaksZmtp);
    this.#outgoing.open(pipe);
    if (peer.version !== 2 && speaksZmtp) {
      this.#heartbeat = new Heartbeat(
        clock,
        heartbeat,
        heartbeatListener(heartbeat, this.#stream, this.#incoming, this.#outgoing, (ms) =>
          this.#endBecause(silentFor(ms)),
        ),
      );
      this.#commands.heartbeat = this.#heartbeat;
      this.#heartbeat.start();
    }
    pipe.open(this, peer);
    pipe.notifyConnected(() => this.#owner.connected(pipe, peer));
    if (this.#owner.closing) this.close();
  }

  /** Why the peer has closed the connection, as far as this side can know. */
  #closedByPeer(): Cause {
    return this.#established ? CLOSED_BY_PEER : closedInHandshake(this.#handshake?.unsettled);
  }

  /** Waits for the peer to close its side too. It has read everything then; until then it may report what it did not accept. */
  #part(): void {
    this.#parting = true;
    this.#heartbeat?.stop();
    this.#stream.shut();
    this.#incoming.discard();
    this.#deadline.set(DEAF_MS);
  }

  #late(): void {
    if (this.#parting) return this.destroy();
    this.#fail(notDoneWithin(this.#settings.handshakeTimeoutMs, this.#handshake?.unsettled));
  }

  #handshakeFailed(cause: Cause, refused: boolean): void {
    this.#cause ??= cause;
    this.transmit();
    if (refused) this.#stream.end();
    else this.#stream.destroy();
    this.#finish(undefined, refused);
    this.#outgoing.stop();
  }

  #endBecause(cause: Cause): void {
    this.#cause = cause;
    this.destroy();
  }

  /** Ends the connection. A peer that knows commands gets the reason, and the stream stays open until it has read that. */
  #fail(cause: Cause): void {
    if (this.#parting) this.destroy();
    if (this.#over) return;
    this.#cause ??= cause;
    const lingers = this.#peer.version !== 2 && !this.#outgoing.isBroken;
    if (!lingers) this.#stream.destroy();
    this.#finish(undefined, lingers);
  }

  /** @param lingers the stream stays open, so that the peer can read the reason */
  #finish(error: Error | undefined, lingers = false): void {
    if (this.#over) return;
    this.#over = true;
    this.#handshake?.close();
    this.#deadline.close();
    this.#heartbeat?.stop();
    this.#incoming.stop();
    this.#lingers = lingers;
    const { reason, fault, security = false, refused = false } = this.#cause ?? ENDED;
    if (!lingers) this.#outgoing.stop();
    else if (this.#peer.version !== 2) this.#say(reason);
    const cutOff = this.#incoming.hasBegun;
    this.#pipe?.close();
    const unsent = lingers ? 0 : this.#outgoing.unsent;
    const lost = refused && unsent === 0 && this.#outgoing.hasSent ? undefined : unsent;
    const established = this.#established;
    this.#owner.ended(this, { reason, error, established, fault, security, unsent: lost, cutOff, lingers });
  }

  /** Sends the reason. The stream discards incoming bytes, so that a peer that is sending gets to read it. */
  #say(reason: string): void {
    this.#outgoing.refuse(reason);
    this.#stream.resume();
  }
}
