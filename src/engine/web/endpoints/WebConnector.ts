import { SecurityError } from '../../../errors.js';
import type { ConnectOptions } from '../../../driver/SocketSettings.js';
import { Backoff } from '../../../time/Backoff.js';
import { Deadline } from '../../../time/Deadline.js';
import { connected } from '../../connections/connected.js';
import { RENEWED, whyNotTaken } from '../../connections/refusals.js';
import type { SocketCore, SocketEndpoint } from '../../connections/SocketCore.js';
import type { PeerInfo } from '../../zmtp/PeerInfo.js';
import type { Channel } from '../Channel.js';
import { closeCodes } from '../closeCodes.js';
import { SUBPROTOCOL, tokenProtocol } from '../hello.js';
import { WebConnection } from '../WebConnection.js';
import type { WebConnectionOwner, WebConnectionSettings, WebEnd } from '../WebConnectionOwner.js';
import type { Outgoing } from '../Outgoing.js';
import { WebPipe } from '../WebPipe.js';
import { meaningOf } from './meaningOf.js';
import { connectingSettings, webPipeSettings } from './webSettings.js';
import { withToken } from './withToken.js';

/** Offered too, so that a peer that speaks only this protocol chooses it. */
const ZWS = 'ZWS2.0';
const ZWS_ALONE = "the peer speaks only ZWS 2.0, as driver: 'native' does";
/** The shortest wait before a new attempt after a refusal, in ms. */
const REFUSED_MS = 30_000;
/** The time-out of the upgrade, in ms. */
const UPGRADE_MS = 30_000;

/** A connecting `wss://` endpoint: it has one WebSocket at a time, and reconnects; all its WebSockets share one pipe. */
export class WebConnector implements SocketEndpoint, WebConnectionOwner<WebConnection> {
  readonly endpoint: string;
  readonly isBound = false;
  readonly #core: SocketCore;
  readonly #options: ConnectOptions;
  readonly #outgoing: Outgoing;
  readonly #settings: WebConnectionSettings;
  readonly #backoff: Backoff | undefined;
  readonly #slowest: Backoff | undefined;
  #pipe: WebPipe | undefined;
  #establishedAt = 0;
  #connection: WebConnection | undefined;
  /** Ends the attempt, or the wait for the next. */
  #cancel: (() => void) | undefined;
  readonly #upgrade: Deadline;
  #onClosed: (() => void) | undefined;
  /** The token was refused, and a new one was requested. */
  #asksAnew = false;
  #closing = false;
  #over = false;

  constructor(core: SocketCore, endpoint: string, options: ConnectOptions, outgoing: Outgoing) {
    this.#core = core;
    this.endpoint = endpoint;
    this.#options = options;
    this.#outgoing = outgoing;
    this.#settings = connectingSettings(core);
    this.#upgrade = new Deadline(core.settings.clock, () => this.#tooLate());
    const { reconnect } = core.settings;
    if (!reconnect) return;
    const refusedMs = Math.max(REFUSED_MS, reconnect.maxMs);
    this.#backoff = new Backoff(reconnect, core.context.random);
    this.#slowest = new Backoff({ initialMs: refusedMs, maxMs: refusedMs }, core.context.random);
  }

  get over(): boolean {
    return this.#over;
  }

  get unsentBytes(): number {
    return this.#connection?.unsent ?? 0;
  }

  /** @throws UnsupportedError where nothing can open a WebSocket */
  start(): void {
    if (this.#over) return; // it was closed before the start
    // eslint-disable-next-line @typescript-eslint/no-meaningless-void-operator -- a platform without WebSockets throws
    void this.#core.context.channels;
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
    if (this.#closing) return;
    this.#closing = true;
    this.#pipe?.shut();
    if (this.#pipe?.connected === true) this.#connection?.close();
    else if ((this.#pipe?.outbox.messages ?? 0) === 0) this.#end();
  }

  abort(): number {
    const left = this.#pipe?.outbox.messages ?? 0;
    this.#closing = true;
    this.#end();
    return left;
  }

  renew(peer: number): void {
    const pipe = this.#pipe;
    const connection = this.#connection;
    if (this.#closing || connection === undefined || pipe?.id !== peer || !pipe.connected) return;
    this.#connection = undefined; // first, so that its end is not reported
    connection.destroy();
    pipe.discard();
    this.#core.notify({ kind: 'disconnected', endpoint: this.endpoint, reason: RENEWED });
    if (this.#over) return; // the observer of the status has closed it
    this.#core.pattern.disconnected(pipe);
    this.#try();
  }

  established(): WebPipe | string {
    if (this.#pipe === undefined && !this.#attach()) return 'this socket has its peer already';
    this.#establishedAt = this.#core.settings.clock.now();
    this.#asksAnew = false;
    return this.#pipe ?? 'it was closed here'; // `attach` has called back, and the listener has closed it
  }

  connected(connection: WebConnection, pipe: WebPipe, { userId }: PeerInfo): void {
    this.#core.notify(connected(this.endpoint, pipe, userId));
    if (this.#closing) connection.close(); // it was needed only for the queued messages
  }

  subscription(pipe: WebPipe, topic: Uint8Array, on: boolean): void {
    this.#core.pattern.subscription(pipe, topic, on);
  }

  progress(): void {
    this.#core.progress(this);
  }

  ended(connection: WebConnection, end: WebEnd): void {
    if (connection !== this.#connection) return;
    this.#connection = undefined;
    if (this.#over) return;
    const { endpoint } = this;
    const pipe = this.#pipe;
    if (end.established) this.#backoff?.ended(this.#core.settings.clock.now() - this.#establishedAt);
    if (this.#closing && (pipe?.outbox.messages ?? 0) === 0) {
      this.#end();
      return;
    }
    const { reason, slowly, error } = meaningOf(endpoint, end);
    if (end.established) this.#core.notify({ kind: 'disconnected', endpoint, reason });
    else if (end.code !== closeCodes.token || this.#asksAnew || this.#core.settings.web?.token === undefined)
      this.#core.notify({ kind: 'handshakeFailed', endpoint, reason, ...(error && { error }) });
    if (this.#over) return; // the observer of the status has closed it
    if (end.established && pipe) {
      if (this.#core.settings.immediate === true) this.#detach();
      else this.#core.pattern.disconnected(pipe);
      if (this.#isOver()) return;
    }
    if (end.code === closeCodes.token && !this.#asksAnew && this.#backoff) {
      this.#asksAnew = true;
      this.#try();
    } else this.#retry(slowly);
  }

  #attach(): boolean {
    const { pattern } = this.#core;
    const retire = (): void => this.#core.retire(this);
    const pipe = new WebPipe(
      webPipeSettings(this.#core, this.#outgoing),
      pattern,
      true,
      retire,
      this.#options.routingId,
    );
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
    if (lost > 0 && !this.#closing) this.#core.dropped(lost, `the connection to ${this.endpoint} ended`);
    this.#core.pattern.detach(pipe);
  }

  #try(): void {
    this.#core.notify({ kind: 'connecting', endpoint: this.endpoint });
    if (this.#over) return; // the observer of the status has closed it
    let isWanted = true;
    this.#cancel = () => (isWanted = false);
    withToken(
      this.#core.settings.web?.token,
      (token) => isWanted && this.#connect(token),
      (cause) => isWanted && this.#withoutToken(cause),
    );
  }

  #connect(token: string | undefined): void {
    const protocols = [SUBPROTOCOL, ...(token === undefined ? [] : [tokenProtocol(token)]), ZWS];
    const ms = this.#upgradeMs;
    if (ms > 0) this.#upgrade.set(ms);
    this.#cancel = this.#core.context.channels!.connect(this.endpoint, protocols, {
      opened: (channel, protocol) => {
        this.#upgrade.clear();
        this.#cancel = undefined;
        this.#opened(channel, protocol);
      },
      failed: (reason, error) => {
        this.#upgrade.clear();
        this.#cancel = undefined;
        if (error) this.#core.failed('connect', this.endpoint, reason, error);
        else this.#retry(false, reason);
      },
    });
  }

  get #upgradeMs(): number {
    return this.#core.settings.limits.handshakeTimeoutMs ?? UPGRADE_MS;
  }

  /** A peer that accepts the connection and sends nothing may not be an HTTP server. */
  #tooLate(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#retry(false, `no upgrade within ${this.#upgradeMs} ms`);
  }

  #opened(channel: Channel, protocol: string): void {
    const connection = new WebConnection(this.#settings, this, channel);
    this.#connection = connection;
    connection.start();
    if (protocol === SUBPROTOCOL) return;
    const what = protocol.startsWith('ZWS') ? ZWS_ALONE : `the peer does not speak ${SUBPROTOCOL}`;
    connection.closeFor(closeCodes.protocol, what);
  }

  #withoutToken(cause: unknown): void {
    const { endpoint } = this;
    this.#cancel = undefined;
    const reason = 'the token could not be had';
    const error = new SecurityError(endpoint, 'web', reason, { cause });
    this.#core.notify({ kind: 'handshakeFailed', endpoint, reason, error });
    this.#retry(true);
  }

  #retry(slowly: boolean, reason?: string): void {
    if (this.#over) return;
    const { endpoint } = this;
    const backoff = slowly ? this.#slowest : this.#backoff;
    if (backoff === undefined) {
      if (reason !== undefined) this.#core.notify({ kind: 'disconnected', endpoint, reason });
      this.#end();
      return;
    }
    const delayMs = backoff.next();
    this.#core.notify({ kind: 'retrying', endpoint, delayMs, ...(reason !== undefined && { reason }) });
    if (this.#over) return; // the observer of the status has closed it
    // eslint-disable-next-line no-restricted-syntax -- the wait for the next attempt
    this.#cancel = this.#core.settings.clock.after(delayMs, () => this.#try());
  }

  #isOver(): boolean {
    return this.#over;
  }

  #end(): void {
    if (this.#over) return;
    this.#over = true;
    this.#upgrade.close();
    this.#cancel?.();
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.destroy();
    this.#detach();
    this.#onClosed?.();
  }
}
