import type { Parts } from '../codecs/Codec.js';
import { type RxZmqError, SocketError, type SocketOperation } from '../errors.js';
import { givingUp, whenGivenUp } from '../internal/closingEndpoints.js';
import { copyLarge } from '../internal/copyParts.js';
import { isInproc } from '../internal/endpoints.js';
import { nextSocketId, type Socket, type SocketListener, type SocketSettings } from '../internal/Socket.js';
import type { StatusOf } from '../internal/SocketStatus.js';
import { turnOf } from '../internal/Turn.js';
import { createZeroMQSocket, type ZeroMQSocket } from './createZeroMQSocket.js';
import { copySmall } from './copySmall.js';
import { loadZeroMQ } from './loadZeroMQ.js';
import { watch } from './Monitor.js';
import { SubscriberCount } from './SubscriberCount.js';
import { traitsOf } from './traits.js';

/** Messages read ahead of who reads them. */
const READ_AHEAD = 16;
/** So many messages in one turn of the event loop are a burst. */
const BURST_MESSAGES = 64;
/** A message that finds no room is tried again after 1, 2, 4 ... ms, this at the longest. */
const LONGEST_RETRY_MS = 16;
/** How long a number of subscribers that may be too high must stand before it is told, in ms. */
const SETTLED_MS = 100;

/** A zeromq.js socket behind the interface of the drivers: it reads a little ahead and has one send in flight. */
export class NativeSocket implements Socket {
  readonly id = nextSocketId();
  /** zeromq.js does not say. */
  readonly from = undefined;
  readonly #settings: SocketSettings;
  readonly #listener: SocketListener;
  readonly #traits;
  /** Monitors tell nothing of inproc. */
  readonly #tellsOfPeers: boolean;
  endpoint: string;
  /** What was asked for before the socket could be opened. */
  #setUp: ((socket: ZeroMQSocket) => void)[] = [];
  #socket: ZeroMQSocket | undefined;
  /** What to call when an endpoint is free again, by the address it was bound to. */
  readonly #bound = new Map<string, () => void>();

  readonly #inbox: Parts[] = [];
  #reading = false;
  readonly #turn;
  #turnId = -1;
  #cameInTurn = 0;
  /** Messages come without a pause. */
  #bursting = false;

  /** Sends that are not settled. All but the last are with libzmq already. */
  #sending = 0;
  /** `write` said no, and its caller waits to hear of room. */
  #refused = true;
  /** The message that waits to be tried again. */
  #stuck: { readonly parts: Parts; readonly cancel: () => void } | undefined;

  #peers = 0;
  #hadPeers = false;
  readonly #subscribers = new SubscriberCount();
  #subscribersTold = 0;
  #cancelSettling: (() => void) | undefined;

  #closing = false;
  #closed = false;
  #endedAt = 0;
  #lingerMs = 0;
  #left = 0;
  #afterSending: (() => void) | undefined;

  constructor(settings: SocketSettings, listener: SocketListener) {
    this.#settings = settings;
    this.#listener = listener;
    this.#traits = traitsOf(settings);
    this.#turn = turnOf(settings.clock);
    this.#tellsOfPeers = !settings.endpoints.some(isInproc);
    this.endpoint = settings.endpoints.join(', ');
    void this.#open();
  }

  bind(endpoint: string): void {
    this.#whenOpen((socket) => {
      if (!this.#attempt('bind', endpoint, () => socket.bindSync(endpoint))) return;
      const address = socket.lastEndpoint ?? endpoint;
      this.#bound.set(address, () => undefined);
      this.endpoint = this.endpoint.replace(endpoint, address);
      this.#tell({ kind: 'listening', endpoint: address });
    });
  }

  connect(endpoint: string): void {
    this.#whenOpen((socket) => this.#attempt('connect', endpoint, () => socket.connect(endpoint)));
  }

  subscribe(topic: Uint8Array): void {
    this.#whenOpen((socket) => this.#attempt('open', this.endpoint, () => socket.subscribe(topic)));
  }

  read(): Parts | undefined {
    const parts = this.#inbox.shift();
    this.#read();
    return parts;
  }

  write(parts: Parts, owned = false): boolean {
    const { serial } = this.#traits;
    if (!this.#socket || this.#closing || !this.#hasPeer() || (serial && this.#sending > 0)) return this.#refuse();
    const copies = owned ? parts : copySmall(copyLarge(parts));
    let sent: Promise<void>;
    try {
      sent = this.#socket.send(copies);
    } catch {
      return this.#refuse(); // EBUSY: the last one waits for room
    }
    this.#sending += 1;
    if (serial) sent.then(this.#sent, (error: unknown) => this.#again(error, parts, copies, 1));
    else sent.then(this.#sent, this.#notSent);
    return true;
  }

  withdraw(parts: Parts): boolean {
    if (this.#stuck?.parts !== parts) return false;
    this.#stuck.cancel();
    this.#stuck = undefined;
    this.#sent();
    return true;
  }

  close(lingerMs: number): void {
    if (this.#closing) return;
    this.#closing = true;
    this.#inbox.length = 0;
    this.#cancelSettling?.();
    for (const address of this.#bound.keys()) {
      this.#bound.set(address, givingUp(address));
    }
    if (!this.#socket) return; // #open sees it
    if (this.#sending === 0 || lingerMs === 0) this.#end(lingerMs);
    else this.#endAfterSending(lingerMs);
  }

  async #open(): Promise<void> {
    const { endpoints, bind } = this.#settings;
    try {
      const zeromq = await loadZeroMQ();
      if (bind) for (const endpoint of endpoints) await new Promise<void>((free) => whenGivenUp(endpoint, free));
      if (this.#closing) return this.#gone();
      const socket = createZeroMQSocket(zeromq, this.#settings);
      void watch(socket.events, {
        status: (status) => this.#tell(status),
        peers: (count) => this.#peersAre(count),
        unbound: (address) => this.#bound.get(address)?.(),
        end: () => this.#gone(),
      });
      this.#socket = socket;
    } catch (cause) {
      this.#fail('open', this.endpoint, cause);
      if (this.#closing) this.#gone();
      return;
    }
    const setUp = this.#setUp;
    this.#setUp = [];
    for (const step of setUp) this.#whenOpen(step);
    this.#read();
    this.#room();
  }

  #whenOpen(step: (socket: ZeroMQSocket) => void): void {
    if (this.#closing) return;
    if (this.#socket) step(this.#socket);
    else this.#setUp.push(step);
  }

  /** Whether it worked. */
  #attempt(operation: SocketOperation, endpoint: string, action: () => void): boolean {
    try {
      action();
      return true;
    } catch (cause) {
      this.#fail(operation, endpoint, cause);
      return false;
    }
  }

  #fail(operation: SocketOperation, endpoint: string, cause: unknown): void {
    if (this.#closing) return;
    const known = (cause as Partial<RxZmqError>).code?.startsWith('ERR_NATIVE') === true;
    const { message, code } = cause as Error & { code?: string };
    const reason = code === undefined ? message : `${message} (${code})`;
    this.#listener.failed(known ? (cause as RxZmqError) : new SocketError(operation, endpoint, reason, { cause }));
  }

  #read(): void {
    if (!this.#reading && this.#traits.receives) this.#receive();
  }

  #receive(): void {
    const socket = this.#socket;
    this.#reading = socket !== undefined && !this.#closing && this.#inbox.length < READ_AHEAD;
    if (!this.#reading) return;
    try {
      socket?.receive().then(this.#received, this.#notReceived);
    } catch (cause) {
      this.#notReceived(cause);
    }
  }

  readonly #received = (parts: Parts): void => {
    try {
      this.#arrived(parts);
    } catch (cause) {
      this.#fail('receive', this.endpoint, cause);
    }
    this.#countBurst();
    this.#receive();
  };

  readonly #notReceived = (cause: unknown): void => {
    if (this.#bursting && !this.#closing && (cause as { code?: string }).code === 'EAGAIN') {
      this.#setBursting(false); // it is over: the next one is waited for
      this.#receive();
    } else {
      this.#reading = false;
      this.#fail('receive', this.endpoint, cause);
    }
  };

  /** Without a timeout zeromq.js does not ask before each message whether there is one: a quarter of the time of a small one. */
  #countBurst(): void {
    if (this.#bursting || this.#settings.type === 'pub') return;
    this.#cameInTurn = this.#turn.id === this.#turnId ? this.#cameInTurn + 1 : 0;
    this.#turnId = this.#turn.id;
    if (this.#cameInTurn >= BURST_MESSAGES) this.#setBursting(true);
  }

  #setBursting(on: boolean): void {
    this.#bursting = on;
    this.#cameInTurn = 0;
    if (this.#socket?.closed === false) this.#socket.receiveTimeout = on ? 0 : -1;
  }

  #arrived(parts: Parts): void {
    if (this.#closing) return;
    if (this.#settings.type === 'pub') {
      if (parts.length === 1 && parts[0]) this.#subscribers.update(parts[0]);
      this.#countSubscribers();
    } else {
      this.#inbox.push(parts);
      this.#listener.readable();
    }
  }

  #refuse(): false {
    this.#refused = true;
    return false;
  }

  #room(): void {
    if (!this.#refused || this.#closing) return;
    this.#refused = false;
    this.#listener.writable();
  }

  /** Whether a peer could take a message, as far as monitors tell. */
  #hasPeer(): boolean {
    if (!this.#traits.waitsForPeer || !this.#tellsOfPeers) return true;
    return this.#settings.bind ? this.#hadPeers : this.#peers > 0;
  }

  readonly #sent = (): void => {
    this.#sending -= 1;
    if (this.#sending > 0) return;
    if (this.#afterSending) this.#afterSending();
    else this.#room();
  };

  readonly #notSent = (cause: unknown): void => {
    if (this.#traits.drops) {
      const reason = `the peer is gone or has no room (${(cause as { code?: string }).code})`;
      this.#tell({ kind: 'dropped', endpoint: this.endpoint, count: 1, reason, error: cause });
    } else {
      this.#fail('send', this.endpoint, cause);
    }
    this.#sent();
  };

  /** A serial send found no room: libzmq does not say when there is some, so that it has to be tried. */
  #again(cause: unknown, parts: Parts, copies: Parts, delayMs: number): void {
    const socket = this.#socket;
    if ((cause as { code?: string }).code !== 'EAGAIN' || !socket || socket.closed) return this.#notSent(cause);
    const retry = (): void => {
      this.#stuck = undefined;
      const longer = Math.min(delayMs * 2, LONGEST_RETRY_MS);
      socket.send(copies).then(this.#sent, (error: unknown) => this.#again(error, parts, copies, longer));
    };
    this.#stuck = { parts, cancel: this.#settings.clock.after(delayMs, retry) };
  }

  #peersAre(count: number): void {
    this.#peers = count;
    this.#hadPeers ||= count > 0;
    if (this.#settings.type === 'pub') this.#countSubscribers();
    if (count > 0) this.#room();
  }

  #countSubscribers(): void {
    if (this.#closing) return;
    this.#cancelSettling?.();
    this.#cancelSettling = undefined;
    const { least } = this.#subscribers;
    const most = this.#subscribers.most(this.#tellsOfPeers ? this.#peers : Infinity);
    if (most > Math.max(this.#subscribersTold, least)) {
      this.#cancelSettling = this.#settings.clock.after(SETTLED_MS, () => this.#tellSubscribers(most));
    }
    this.#tellSubscribers(Math.min(Math.max(this.#subscribersTold, least), most));
  }

  #tellSubscribers(count: number): void {
    if (count === this.#subscribersTold) return;
    this.#subscribersTold = count;
    this.#tell({ kind: 'subscribed', endpoint: this.endpoint, count });
  }

  #endAfterSending(lingerMs: number): void {
    const { clock } = this.#settings;
    const since = clock.now();
    const cancel = lingerMs === Infinity ? undefined : clock.after(lingerMs, () => this.#end(0));
    this.#afterSending = () => {
      cancel?.();
      this.#end(Math.max(1, lingerMs - (clock.now() - since)));
    };
  }

  #end(lingerMs: number): void {
    const socket = this.#socket;
    if (!socket || socket.closed) return;
    this.#afterSending = () => undefined;
    this.#stuck?.cancel();
    this.#left = this.#sending;
    this.#lingerMs = lingerMs;
    this.#endedAt = this.#settings.clock.now();
    socket.linger = lingerMs === Infinity ? -1 : Math.ceil(lingerMs);
    socket.close();
  }

  #gone(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const freed of this.#bound.values()) freed();
    const inTime = this.#lingerMs === 0 || this.#settings.clock.now() - this.#endedAt < this.#lingerMs - 1;
    this.#tell({ kind: 'closed', endpoint: this.endpoint });
    this.#listener.closed({ messages: inTime ? this.#left : undefined });
  }

  #tell(status: StatusOf): void {
    this.#listener.status({ ...status, socketId: this.id });
  }
}
