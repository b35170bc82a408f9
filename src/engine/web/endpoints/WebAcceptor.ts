import { connected } from '../../connections/connected.js';
import type { SocketCore, SocketEndpoint } from '../../connections/SocketCore.js';
import { Linger } from '../../../time/Linger.js';
import type { PeerInfo } from '../../zmtp/PeerInfo.js';
import { closeCodes } from '../closeCodes.js';
import { WebConnection } from '../WebConnection.js';
import type { WebConnectionOwner, WebEnd } from '../WebConnectionOwner.js';
import { ClientPipe } from '../ClientPipe.js';
import { sharesMessages } from '../sharesMessages.js';
import type { WebPipe } from '../WebPipe.js';
import type { WebClient, WebClientHandle, WebRoute } from '../WebRoute.js';
import { acceptingSettings, webPipeSettings } from './webSettings.js';

const DEFAULT_MAX_PEERS = 10_000;
const FIRST_UNREAD_LIMIT = 16;

/** The state of a client. */
interface Peer {
  readonly client: WebClient;
  /** Set once its hello is accepted. */
  pipe: WebPipe | undefined;
  /** Limits how long its queued messages are still sent after the pattern has ended its pipe. */
  linger: Linger | undefined;
}

/** A socket that is bound at a path of a gateway: each WebSocket whose hello is accepted has its own pipe. */
export class WebAcceptor implements SocketEndpoint, WebRoute, WebConnectionOwner<WebConnection> {
  readonly endpoint: string;
  readonly isBound = true;
  readonly #core: SocketCore;
  readonly #peers = new Map<WebConnection, Peer>();
  /** Ended connections whose channel is not gone yet; the gateway is informed when it is. */
  readonly #leaving = new Map<WebConnection, WebClient>();
  /** Pipes whose peer is gone and that may still hold messages. */
  readonly #unread = new Set<WebPipe>();
  #unreadLimit = FIRST_UNREAD_LIMIT;
  #closing = false;
  #aborted = false;
  #onClosed: (() => void) | undefined;

  constructor(core: SocketCore, endpoint: string) {
    this.#core = core;
    this.endpoint = endpoint;
  }

  get socketType() {
    return this.#core.settings.type;
  }

  get unsentBytes(): number {
    let bytes = 0;
    for (const connection of this.#peers.keys()) bytes += connection.unsent;
    return bytes;
  }

  get unread(): number {
    let messages = 0;
    for (const { inbox } of this.#unread) messages += inbox.messages;
    return messages;
  }

  start(): void {
    const { routes } = this.#core.context;
    if (routes === undefined) this.#fail('there are no gateways here');
    else routes.whenOpen(this.endpoint, (failure) => this.#opened(failure));
  }

  accept(client: WebClient): WebClientHandle {
    const connection = new WebConnection(acceptingSettings(this.#core, client), this, client.channel);
    this.#peers.set(connection, { client, pipe: undefined, linger: undefined });
    connection.start();
    if (this.#closing) connection.closeFor(closeCodes.goingAway, 'the socket is closing');
    return {
      close: (code, reason) => connection.closeFor(code, reason),
      drain: (code, reason, quietMs) => {
        const pipe = this.#peers.get(connection)?.pipe;
        if (pipe === undefined) connection.closeFor(code, reason);
        else {
          pipe.shut();
          connection.drain(code, reason, quietMs);
        }
      },
    };
  }

  established(connection: WebConnection): WebPipe | string {
    const peer = this.#peers.get(connection)!;
    const refusal = peer.client.listener.refusal?.();
    if (refusal !== undefined) return refusal;
    const { maxPeers = DEFAULT_MAX_PEERS } = this.#core.settings.limits;
    if (!this.#hasPlace(maxPeers)) return `as many peers as maxPeers lets in are there already: ${maxPeers}`;
    const settings = webPipeSettings(this.#core, sharesMessages, peer.client.limits);
    const dismiss = (): void => this.#dismiss(connection, peer);
    const pipe = new ClientPipe(settings, this.#core.pattern, dismiss, peer.client);
    peer.pipe = pipe; // first: `attach` may call back, and the listener may write and close
    if (this.#core.pattern.attach(pipe)) return pipe;
    peer.pipe = undefined;
    pipe.finish();
    return 'this socket has its peer already';
  }

  connected(connection: WebConnection, pipe: WebPipe, { userId, socketType }: PeerInfo): void {
    this.#peers.get(connection)?.client.listener.connected(socketType.toLowerCase() as WebRoute['socketType']);
    if (!this.#peers.has(connection)) return; // the listener has closed it
    this.#core.notify(connected(this.endpoint, pipe, userId));
  }

  subscription(pipe: WebPipe, topic: Uint8Array, on: boolean): void {
    this.#core.pattern.subscription(pipe, topic, on);
  }

  progress(connection: WebConnection): void {
    this.#peers.get(connection)?.linger?.progress();
    this.#core.progress(this);
  }

  stalled(connection: WebConnection): void {
    this.#peers.get(connection)?.client.listener.stalled();
  }

  resumed(connection: WebConnection): void {
    this.#peers.get(connection)?.client.listener.resumed();
  }

  missed(connection: WebConnection): void {
    this.#peers.get(connection)?.client.listener.dropped(1, 'its queue was full');
  }

  ended(connection: WebConnection, { reason, code, established }: WebEnd): void {
    const { endpoint } = this;
    const peer = this.#peers.get(connection);
    if (peer === undefined) return;
    const { client, pipe } = peer;
    this.#peers.delete(connection);
    this.#leaving.set(connection, client);
    peer.linger?.stop();
    const why = reason || `the peer closed the connection with ${code}`;
    if (!this.#closing) {
      if (established) this.#core.notify({ kind: 'disconnected', endpoint, reason: why });
      else this.#core.notify({ kind: 'handshakeFailed', endpoint, reason: why });
    }
    if (pipe) this.#detach(pipe, client, why);
    this.#settle();
  }

  gone(connection: WebConnection, code: number, reason: string): void {
    const client = this.#leaving.get(connection);
    this.#leaving.delete(connection);
    client?.listener.closed(code, reason);
  }

  close(closed: () => void): void {
    this.#onClosed = closed;
    if (!this.#closing) {
      this.#unbind();
      this.#closing = true;
      for (const [connection, { pipe }] of [...this.#peers]) {
        if (pipe === undefined) connection.closeFor(closeCodes.goingAway, 'the socket is closing');
        else {
          pipe.shut();
          connection.close();
        }
      }
    }
    this.#settle();
  }

  abort(): number {
    let left = 0;
    this.#unbind();
    this.#closing = true;
    this.#aborted = true;
    for (const [connection, { pipe }] of [...this.#peers]) {
      left += pipe?.outbox.messages ?? 0;
      connection.destroy();
    }
    this.#settle();
    return left;
  }

  /** The gateway is ready, or there is none. */
  #opened(failure: Error | undefined): void {
    if (this.#closing) return;
    if (failure) this.#fail(failure.message, failure);
    else if (this.#core.context.routes!.bind(this.endpoint, this)) {
      this.#core.notify({ kind: 'listening', endpoint: this.endpoint });
    } else this.#fail('another socket is bound at this path');
  }

  #fail(reason: string, error?: Error): void {
    this.#closing = true;
    this.#core.failed('bind', this.endpoint, reason, error);
  }

  #unbind(): void {
    if (this.#closing) return;
    this.#core.context.routes?.unbind(this.endpoint, this);
  }

  #dismiss(connection: WebConnection, peer: Peer): void {
    const { clock, lingerMs = Infinity } = this.#core.settings;
    peer.pipe?.shut();
    const over = (): void => connection.destroy();
    peer.linger = new Linger(clock, over, () => connection.unsent).start(lingerMs);
    connection.close();
  }

  #detach(pipe: WebPipe, { listener }: WebClient, why: string): void {
    const lost = pipe.finish();
    if (lost > 0 && !this.#aborted) {
      this.#core.dropped(lost, `their peer on ${this.endpoint} has disconnected (${why})`);
      listener.dropped(lost, why);
    }
    this.#core.pattern.detach(pipe);
    if (pipe.readable && !this.#closing) this.#keepUnread(pipe);
  }

  /** Unread messages of gone peers count too; otherwise a peer that connects, sends and disconnects repeatedly could fill the memory. */
  #hasPlace(maxPeers: number): boolean {
    if (this.#peers.size + this.#unread.size <= maxPeers) return true; // the new peer is one of them
    this.#forgetRead();
    return this.#peers.size + this.#unread.size <= maxPeers;
  }

  #forgetRead(): void {
    for (const pipe of this.#unread) if (!pipe.readable) this.#unread.delete(pipe);
  }

  /** Pipes that have been read since hold memory too: they are removed each time the number of unread pipes may have doubled. */
  #keepUnread(pipe: WebPipe): void {
    this.#unread.add(pipe);
    if (this.#unread.size < this.#unreadLimit) return;
    this.#forgetRead();
    this.#unreadLimit = Math.max(FIRST_UNREAD_LIMIT, 2 * this.#unread.size);
  }

  #settle(): void {
    if (!this.#closing || this.#peers.size > 0) return;
    const closed = this.#onClosed;
    this.#onClosed = undefined;
    closed?.();
  }
}
