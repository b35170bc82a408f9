import { givingUp, whenGivenUp } from '../../driver/closingEndpoints.js';
import type { ListenListener, Stream, StreamListener } from '../carriers/Carrier.js';
import { reasonOf } from '../carriers/reasons.js';
import { StreamPipe } from '../pipes/StreamPipe.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { Linger } from '../../time/Linger.js';
import { carrierOf } from './carrierOf.js';
import { connected } from './connected.js';
import { Connection } from './Connection.js';
import { connectionSettings } from './connectionSettings.js';
import type { ConnectionEnd, ConnectionOwner, ConnectionSettings } from './ConnectionOwner.js';
import { handshakeFailed, keptOut } from './handshakeFailed.js';
import { Handshakes } from './Handshakes.js';
import { Refused } from './Refused.js';
import type { SocketCore, SocketEndpoint } from './SocketCore.js';

const DEFAULT_MAX_PEERS = 10_000;
const DEFAULT_MAX_HANDSHAKES = 1000;
const FIRST_UNREAD_LIMIT = 16;

/** A bound endpoint: each connection that has completed its handshake has its own pipe. */
export class Acceptor implements SocketEndpoint, ConnectionOwner<Connection> {
  readonly #core: SocketCore;
  endpoint: string;
  readonly isBound = true;
  readonly #handshakes = new Handshakes<Connection>();
  readonly #refused: Refused<Connection>;
  readonly #peers = new Map<Connection, StreamPipe>();
  /** Connections whose pipe the pattern has ended, and that still send queued messages. */
  readonly #dismissed = new Map<Connection, Linger>();
  /** Pipes whose peer is gone and that may still hold messages. */
  readonly #unread = new Set<StreamPipe>();
  /** When there are this many unread pipes, those that have been read are removed. */
  #unreadLimit = FIRST_UNREAD_LIMIT;
  #connections: ConnectionSettings | undefined;
  #stop: ((closed: () => void) => void) | undefined;
  #bound = false;
  #stopping = false;
  /** The address may still be in use. */
  #holdsAddress = false;
  closing = false;
  /** The remaining messages have been counted. */
  #aborted = false;
  #onClosed: (() => void) | undefined;

  constructor(core: SocketCore, endpoint: string) {
    this.#core = core;
    this.#refused = new Refused(core.settings.clock);
    this.endpoint = endpoint;
  }

  get unsentBytes(): number {
    let bytes = 0;
    for (const connection of this.#peers.keys()) bytes += connection.unsent;
    return bytes;
  }

  start(): void {
    whenGivenUp(this.endpoint, () => this.#listen());
  }

  close(closed: () => void): void {
    this.#onClosed = closed;
    if (!this.closing) {
      this.closing = true;
      this.#refused.release();
      this.#stopListening();
      for (const connection of this.#handshakes.all()) connection.destroy();
      for (const [connection, pipe] of [...this.#peers]) {
        pipe.shut();
        connection.close();
      }
    }
    this.#settle();
  }

  abort(): number {
    let left = 0;
    this.closing = true;
    this.#aborted = true;
    this.#refused.release();
    this.#stopListening();
    for (const connection of this.#handshakes.all()) connection.destroy();
    for (const [connection, pipe] of [...this.#peers]) {
      left += pipe.outbox.messages + connection.unsentMessages;
      pipe.outbox.clear();
      connection.destroy();
    }
    this.#settle();
    return left;
  }

  established(connection: Connection): StreamPipe | string {
    const { pipes, pattern, settings } = this.#core;
    const { maxPeers = DEFAULT_MAX_PEERS } = settings.limits;
    if (!this.#hasPlace(maxPeers)) return `as many peers as maxPeers lets in are there already: ${maxPeers}`;
    const pipe = new StreamPipe(pipes, pattern, false, () => this.#dismiss(connection, pipe));
    this.#handshakes.delete(connection);
    this.#peers.set(connection, pipe); // first: `attach` may call back, and the listener may write and close
    if (pattern.attach(pipe)) return pipe;
    this.#peers.delete(connection);
    return 'this socket has its peer already';
  }

  connected(pipe: StreamPipe, { userId }: PeerInfo): void {
    this.#core.notify(connected(this.endpoint, pipe, userId));
  }

  subscription(pipe: StreamPipe, topic: Uint8Array, on: boolean): void {
    this.#core.pattern.subscription(pipe, topic, on);
  }

  membership(pipe: StreamPipe, group: Uint8Array, on: boolean): void {
    this.#core.pattern.membership(pipe, group, on);
  }

  progress(connection: Connection): void {
    this.#dismissed.get(connection)?.progress();
    this.#core.progress(this);
  }

  ended(connection: Connection, end: ConnectionEnd): void {
    const { endpoint } = this;
    const { reason, established, fault, lingers, unsent, cutOff } = end;
    this.#handshakes.delete(connection);
    if (lingers && !this.closing) this.#linger(connection);
    const pipe = this.#peers.get(connection);
    this.#peers.delete(connection);
    this.#dismissed.get(connection)?.stop();
    this.#dismissed.delete(connection);
    if (!this.closing) {
      if (established) this.#core.notify({ kind: 'disconnected', endpoint, reason });
      else this.#core.notify(handshakeFailed(this.#core.settings, endpoint, end));
    }
    if (pipe) {
      const lost = pipe.finish() + (this.#aborted ? 0 : (unsent ?? 0));
      if (cutOff && !fault && !this.closing)
        this.#core.dropped(1, `the peer on ${endpoint} disconnected in the middle of a message (${reason})`);
      if (lost > 0) this.#lost(lost, reason);
      if (unsent === undefined) this.#core.dropped(undefined, `a peer on ${endpoint} accepted no more (${reason})`);
      this.#core.pattern.detach(pipe);
      if (pipe.readable && !this.closing) this.#keepUnread(pipe);
    }
    this.#settle();
  }

  gone(connection: Connection, unsent: number, reason: string): void {
    this.#refused.delete(connection);
    if (unsent > 0) this.#lost(unsent, reason);
  }

  #lost(count: number, reason: string): void {
    this.#core.dropped(count, `their peer on ${this.endpoint} has disconnected (${reason})`);
  }

  /** A refused peer that has not closed its side counts as an open handshake; otherwise peers could keep any number of connections. */
  #linger(connection: Connection): void {
    this.#refused.add(connection);
    const { maxHandshakes = DEFAULT_MAX_HANDSHAKES } = this.#core.settings.limits;
    if (this.#handshakes.size + this.#refused.size > maxHandshakes) this.#refused.dropOldest();
  }

  #dismiss(connection: Connection, pipe: StreamPipe): void {
    const { clock, lingerMs = Infinity } = this.#core.settings;
    pipe.shut();
    const linger = new Linger(
      clock,
      () => connection.destroy(),
      () => connection.unsent,
    );
    this.#dismissed.set(connection, linger.start(lingerMs));
    connection.close();
  }

  /** Unread messages of gone peers count too; otherwise a peer that connects, sends and disconnects repeatedly could fill the memory. */
  #hasPlace(maxPeers: number): boolean {
    if (this.#peers.size + this.#unread.size < maxPeers) return true;
    this.#forgetRead();
    return this.#peers.size + this.#unread.size < maxPeers;
  }

  /** Pipes that have been read since hold memory too: they are removed each time the number of unread pipes may have doubled. */
  #keepUnread(pipe: StreamPipe): void {
    this.#unread.add(pipe);
    if (this.#unread.size < this.#unreadLimit) return;
    this.#forgetRead();
    this.#unreadLimit = Math.max(FIRST_UNREAD_LIMIT, 2 * this.#unread.size);
  }

  #forgetRead(): void {
    for (const pipe of this.#unread) if (!pipe.readable) this.#unread.delete(pipe);
  }

  #listen(): void {
    if (this.closing) return;
    const { context, settings } = this.#core;
    const carrier = carrierOf(context, this.endpoint);
    this.#holdsAddress = true;
    const listener: ListenListener = {
      listening: (endpoint) => {
        this.#bound = true;
        this.endpoint = endpoint;
        if (!this.closing) this.#core.notify({ kind: 'listening', endpoint });
      },
      accepted: (stream) => this.#accepted(stream),
      failed: (reason, error) => {
        this.#holdsAddress = false;
        this.#stop = undefined;
        this.closing = true;
        this.#core.failed('bind', this.endpoint, reason, error);
        this.#settle();
      },
    };
    try {
      this.#stop = carrier.listen(this.endpoint, settings, listener);
    } catch (error) {
      listener.failed(reasonOf(error as Error), error as Error);
    }
  }

  #accepted(stream: Stream): StreamListener {
    const { settings } = this.#core;
    const connection = new Connection((this.#connections ??= connectionSettings(this.#core)), this, stream);
    if (this.closing) {
      connection.destroy();
      return connection;
    }
    if (settings.admits?.(stream.peerAddress) === false) {
      connection.refuse(keptOut(stream.peerAddress), true);
      return connection;
    }
    this.#handshakes.add(connection);
    const { maxHandshakes = DEFAULT_MAX_HANDSHAKES } = settings.limits;
    if (this.#handshakes.size + this.#refused.size > maxHandshakes) this.#makeWay(maxHandshakes);
    if (this.#handshakes.has(connection)) connection.begin(); // it may be the one that was refused
    return connection;
  }

  /** Too many handshakes are open: drops the oldest refused connection, or refuses one that is in its handshake. */
  #makeWay(maxHandshakes: number): void {
    if (this.#refused.dropOldest()) return;
    this.#handshakes.expendable?.refuse(`more than ${maxHandshakes} connections had not done their handshake`);
  }

  #stopListening(): void {
    if (this.#stopping) return;
    this.#stopping = true;
    const stop = this.#stop;
    if (stop === undefined) return;
    const freed = this.#bound ? givingUp(this.endpoint) : () => undefined;
    stop(() => {
      this.#holdsAddress = false;
      freed();
      this.#settle();
    });
  }

  #settle(): void {
    if (!this.closing || this.#holdsAddress || this.#peers.size > 0 || this.#handshakes.size > 0) return;
    const closed = this.#onClosed;
    this.#onClosed = undefined;
    closed?.();
  }
}
