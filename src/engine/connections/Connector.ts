import type { ConnectListener, Stream, StreamListener } from '../carriers/Carrier.js';
import { reasonOf } from '../carriers/reasons.js';
import type { ConnectOptions } from '../../driver/SocketSettings.js';
import { StreamPipe } from '../pipes/StreamPipe.js';
import { Backoff } from '../../time/Backoff.js';
import type { PeerInfo } from '../zmtp/PeerInfo.js';
import { carrierOf } from './carrierOf.js';
import { connected } from './connected.js';
import { Connection } from './Connection.js';
import { connectionSettings } from './connectionSettings.js';
import type { ConnectionEnd, ConnectionOwner, ConnectionSettings } from './ConnectionOwner.js';
import { handshakeFailed, keptOut } from './handshakeFailed.js';
import type { SocketCore, SocketEndpoint } from './SocketCore.js';
import { RENEWED, whyNotTaken } from './refusals.js';
import { Refused } from './Refused.js';

/** A connecting endpoint: it has one connection at a time, and reconnects; all its connections share one pipe. */
export class Connector implements SocketEndpoint, ConnectionOwner<Connection> {
  readonly endpoint: string;
  readonly isBound = false;
  readonly #core: SocketCore;
  readonly #options: ConnectOptions;
  readonly #backoff: Backoff | undefined;
  #connections: ConnectionSettings | undefined;
  #pipe: StreamPipe | undefined;
  /** When the last handshake was done. */
  #establishedAt = 0;
  #connection: Connection | undefined;
  /** Ends the attempt, or the wait for the next. */
  #cancel: (() => void) | undefined;
  #onClosed: (() => void) | undefined;
  closing = false;
  #over = false;
  readonly #refused: Refused<Connection>;

  constructor(core: SocketCore, endpoint: string, options: ConnectOptions) {
    this.#core = core;
    this.endpoint = endpoint;
    this.#options = options;
    const { reconnect, clock } = core.settings;
    this.#refused = new Refused(clock);
    this.#backoff = reconnect ? new Backoff(reconnect, core.context.random) : undefined;
  }

  /** The endpoint will not connect again. */
  get over(): boolean {
    return this.#over;
  }

  get unsentBytes(): number {
    return this.#connection?.unsent ?? 0;
  }

  start(): void {
    if (this.#over) return; // it was closed before the start
    if (this.#core.settings.immediate !== true && !this.#attach()) {
      this.#over = true;
      this.#core.failed('connect', this.endpoint, whyNotTaken(this.#options));
      return;
    }
    if (!this.#over) this.#try();
  }

  close(closed: () => void): void {
    this.#onClosed = closed;
    if (this.#over) {
      closed();
      return;
    }
    if (this.closing) return;
    this.closing = true;
    this.#pipe?.shut();
    if (this.#connection && this.#pipe?.connected === true) this.#connection.close();
    else if ((this.#pipe?.outbox.messages ?? 0) === 0) this.#end();
  }

  abort(): number {
    const left = (this.#pipe?.outbox.messages ?? 0) + (this.#connection?.unsentMessages ?? 0);
    this.closing = true;
    this.#end();
    return left;
  }

  renew(peer: number): void {
    const pipe = this.#pipe;
    const connection = this.#connection;
    if (this.closing || connection === undefined || pipe?.id !== peer || !pipe.connected) return;
    this.#connection = undefined; // first, so that its end is not reported
    connection.destroy();
    pipe.discard();
    this.#core.notify({ kind: 'disconnected', endpoint: this.endpoint, reason: RENEWED });
    if (this.#over) return; // the observer of the status has closed it
    this.#core.pattern.disconnected(pipe);
    pipe.unmute();
    this.#try();
  }

  established(): StreamPipe | string {
    if (this.#pipe === undefined && !this.#attach()) return 'this socket has its peer already';
    this.#establishedAt = this.#core.settings.clock.now();
    return this.#pipe ?? 'it was closed here'; // `attach` has called back, and the listener has closed it
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

  progress(): void {
    this.#core.progress(this);
  }

  ended(connection: Connection, end: ConnectionEnd): void {
    if (connection !== this.#connection) return;
    this.#connection = undefined;
    if (this.#over) return;
    const { endpoint } = this;
    const { reason, established, fault, unsent, cutOff } = end;
    const pipe = this.#pipe;
    if (established) this.#backoff?.ended(this.#core.settings.clock.now() - this.#establishedAt);
    if (unsent === undefined) this.#core.dropped(undefined, `the peer at ${endpoint} accepted no more (${reason})`);
    else this.#lost(unsent, reason);
    if (end.lingers) this.#refuse(connection);
    if (cutOff && !fault && !this.closing)
      this.#core.dropped(1, `the connection to ${endpoint} ended in the middle of a message (${reason})`);
    if (this.closing && (pipe?.outbox.messages ?? 0) === 0) {
      this.#end();
      return;
    }
    if (established) this.#core.notify({ kind: 'disconnected', endpoint, reason });
    else this.#core.notify(handshakeFailed(this.#core.settings, endpoint, end));
    if (this.#over) return; // the observer of the status has closed it
    if (established && pipe) {
      if (this.#core.settings.immediate === true) this.#detach();
      else {
        this.#core.pattern.disconnected(pipe);
        pipe.unmute();
      }
    }
    this.#retry(fault);
  }

  gone(connection: Connection, unsent: number, reason: string): void {
    this.#refused.delete(connection);
    this.#lost(unsent, reason);
  }

  /** Keeps only one refused connection that lingers. */
  #refuse(connection: Connection): void {
    this.#refused.dropOldest();
    if (!this.closing) this.#refused.add(connection);
  }

  #lost(count: number, reason: string): void {
    if (count > 0)
      this.#core.dropped(count, `the connection to ${this.endpoint} ended while they were being sent (${reason})`);
  }

  #attach(): boolean {
    const { pipes, pattern } = this.#core;
    const pipe = new StreamPipe(pipes, pattern, true, () => this.#ended(), this.#options.routingId);
    this.#pipe = pipe; // first: `attach` may call back, and the listener may write and close
    if (pattern.attach(pipe)) return true;
    this.#pipe = undefined;
    return false;
  }

  #detach(): void {
    const pipe = this.#pipe;
    this.#pipe = undefined;
    if (pipe === undefined) return;
    const lost = pipe.finish();
    if (lost > 0 && !this.closing) this.#core.dropped(lost, `the connection to ${this.endpoint} ended`);
    this.#core.pattern.detach(pipe);
  }

  #try(): void {
    const { context, settings } = this.#core;
    const carrier = carrierOf(context, this.endpoint);
    this.#core.notify({ kind: 'connecting', endpoint: this.endpoint });
    if (this.#over) return; // the observer of the status has closed it
    const listener: ConnectListener = {
      opened: (stream: Stream): StreamListener => {
        this.#cancel = undefined;
        const connection = new Connection((this.#connections ??= connectionSettings(this.#core)), this, stream);
        this.#connection = connection;
        if (settings.admits?.(stream.peerAddress) === false) connection.refuse(keptOut(stream.peerAddress), true);
        else connection.begin();
        return connection;
      },
      failed: (reason) => {
        this.#cancel = undefined;
        this.#retry(false, reason);
      },
    };
    try {
      this.#cancel = carrier.connect(this.endpoint, settings, listener);
    } catch (error) {
      this.#retry(false, reasonOf(error as Error));
    }
  }

  #retry(slowly: boolean, reason?: string): void {
    if (this.#over) return;
    if (this.#backoff === undefined) {
      if (reason !== undefined) this.#core.notify({ kind: 'disconnected', endpoint: this.endpoint, reason });
      this.#end();
      return;
    }
    const delayMs = slowly ? this.#backoff.slowest() : this.#backoff.next();
    this.#core.notify({ kind: 'retrying', endpoint: this.endpoint, delayMs });
    if (this.#over) return; // the observer of the status has closed it
    // eslint-disable-next-line no-restricted-syntax -- the wait for the next attempt
    this.#cancel = this.#core.settings.clock.after(delayMs, () => this.#try());
  }

  /** The pattern has ended its pipe. */
  #ended(): void {
    this.#core.retire(this);
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#cancel?.();
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.destroy();
    this.#refused.release();
    this.#detach();
    this.#onClosed?.();
  }
}
