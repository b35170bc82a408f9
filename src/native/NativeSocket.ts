import type { Parts } from '../basics/Parts.js';
import { copyLarge, copyParts } from '../memory/copyParts.js';
import { isInproc } from '../driver/endpoints.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { turnBudgetOf } from '../time/TurnBudget.js';
import { createZeroMQSocket, type ZeroMQSocket } from './createZeroMQSocket.js';
import { copySmall } from './copySmall.js';
import { isWritable } from './isWritable.js';
import type { ZeroMQ } from './loadZeroMQ.js';
import { NativeCore } from './NativeCore.js';
import { SubscriberCount } from './SubscriberCount.js';
import { traitsOf } from './traits.js';

/** How many messages the socket reads ahead. */
const READ_AHEAD = 16;
/** How many messages in one turn of the event loop count as a burst. */
const BURST_MESSAGES = 64;
/** How long a number of subscribers that may be too high must stay the same before it is reported, in ms. */
const SETTLED_MS = 100;

/** A zeromq.js socket with the interface of the drivers: it reads a little ahead and has one send in flight. */
export class NativeSocket extends NativeCore implements Socket {
  readonly #settings: SocketSettings;
  readonly #listener: SocketListener;
  readonly #traits;
  /** Whether monitors report its peers: not for inproc. */
  readonly #tellsOfPeers: boolean;
  /** Whether it shares memory of received messages: libzmq gives all subscribers in one process the same memory. */
  readonly #shares: boolean;
  readonly #inbox: Parts[] = [];
  #reading = false;
  readonly #turn;
  #turnId = -1;
  #cameInTurn = 0;
  /** Messages arrive without a pause. */
  #bursting = false;

  /** `write` returned `false`, and its caller waits for `writable`. */
  #refused = true;
  /** The message that will be tried again. */
  #stuck: Parts | undefined;

  #peers = 0;
  #hadPeers = false;
  readonly #subscribers = new SubscriberCount();
  #subscribersTold = 0;
  #cancelSettling: (() => void) | undefined;

  constructor(settings: SocketSettings, listener: SocketListener) {
    super(settings, listener);
    this.#settings = settings;
    this.#listener = listener;
    this.#traits = traitsOf(settings);
    this.#turn = turnBudgetOf(settings.clock);
    this.#tellsOfPeers = !settings.endpoints.some(isInproc);
    this.#shares = settings.type === 'sub' && !this.#tellsOfPeers;
    void this.open(settings.bind ? settings.endpoints : []);
  }

  read(): Parts | undefined {
    const parts = this.#inbox.shift();
    this.#read();
    return parts && this.#shares ? copyParts(parts) : parts;
  }

  write(parts: Parts, owned = false): boolean {
    const { serial } = this.#traits;
    if (!this.socket || this.closing || !this.#hasPeer() || (serial && this.sending > 0)) return this.#refuse();
    const copies = owned ? parts : copySmall(copyLarge(parts));
    let sent: Promise<void>;
    try {
      sent = this.socket.send(copies);
    } catch {
      return this.#refuse(); // EBUSY: the last message waits until the queue has space
    }
    this.sending += 1;
    if (serial) sent.then(this.#sent, (error: unknown) => this.#again(error, parts, copies));
    else sent.then(this.#sent, this.#notSent);
    return true;
  }

  hasRoom(): boolean {
    if (!this.socket || this.closing || !this.#hasPeer()) return this.#refuse();
    if (!this.#traits.waitsForPeer || this.#peers > 0) return true;
    if (!this.#tellsOfPeers && this.#hadPeers) return true;
    if (this.sending > 0 || isWritable(this.socket, { receives: this.#reading })) return (this.#hadPeers = true);
    if (!this.#tellsOfPeers && !this.retry.isPending) this.retry.later(this.#room); // for inproc, monitors do not report a new peer
    return this.#refuse();
  }

  withdraw(parts: Parts): boolean {
    if (this.#stuck !== parts) return false;
    this.retry.cancel();
    this.#stuck = undefined;
    this.#sent();
    return true;
  }

  protected override create(zeromq: ZeroMQ): ZeroMQSocket {
    return createZeroMQSocket(zeromq, this.#settings);
  }

  protected override opened(): void {
    this.#read();
    this.#room();
  }

  protected override stopped(): void {
    if (this.#stuck === undefined) this.retry.cancel();
    this.#inbox.length = 0;
    this.#cancelSettling?.();
  }

  protected override peersAre(count: number): void {
    this.#peers = count;
    this.#hadPeers ||= count > 0;
    if (this.#settings.type === 'pub') this.#countSubscribers();
    if (count > 0) this.#room();
  }

  #read(): void {
    if (!this.#reading && this.#traits.receives) this.#receive();
  }

  #receive(): void {
    const socket = this.socket;
    this.#reading = socket !== undefined && !this.closing && this.#inbox.length < READ_AHEAD;
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
      this.fail('receive', this.endpoint, cause);
    }
    this.#countBurst();
    this.#receive();
  };

  readonly #notReceived = (cause: unknown): void => {
    if (this.#bursting && !this.closing && (cause as { code?: string }).code === 'EAGAIN') {
      this.#setBursting(false); // the burst is over: wait for the next message
      this.#receive();
    } else {
      this.#reading = false;
      this.fail('receive', this.endpoint, cause);
    }
  };

  /**
   * With a time-out of 0, zeromq.js does not check for a message before each read, which would take a quarter of the time of a
   * small one.
   */
  #countBurst(): void {
    if (this.#bursting || this.#settings.type === 'pub') return;
    this.#cameInTurn = this.#turn.id === this.#turnId ? this.#cameInTurn + 1 : 0;
    this.#turnId = this.#turn.id;
    if (this.#cameInTurn >= BURST_MESSAGES) this.#setBursting(true);
  }

  #setBursting(on: boolean): void {
    this.#bursting = on;
    this.#cameInTurn = 0;
    if (this.socket?.closed === false) this.socket.receiveTimeout = on ? 0 : -1;
  }

  #arrived(parts: Parts): void {
    if (this.closing) return;
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

  readonly #room = (): void => {
    if (!this.#refused || this.closing) return;
    this.#refused = false;
    this.#listener.writable();
  };

  /** Whether a peer could accept a message, as far as monitors report. */
  #hasPeer(): boolean {
    if (!this.#traits.waitsForPeer || !this.#tellsOfPeers) return true;
    return this.#settings.bind ? this.#hadPeers : this.#peers > 0;
  }

  readonly #sent = (): void => {
    this.retry.reset();
    if (this.settled()) this.#room();
  };

  readonly #notSent = (cause: unknown): void => {
    if (this.#traits.drops) {
      const reason = `the peer has disconnected, or its queue is full (${(cause as { code?: string }).code})`;
      this.notify({ kind: 'dropped', endpoint: this.endpoint, count: 1, reason, error: cause });
    } else {
      this.fail('send', this.endpoint, cause);
    }
    this.#sent();
  };

  /** The queue was full for a serial send. libzmq does not report when it has space again, so the socket must try again. */
  #again(cause: unknown, parts: Parts, copies: Parts): void {
    const socket = this.socket;
    if ((cause as { code?: string }).code !== 'EAGAIN' || !socket || socket.closed) return this.#notSent(cause);
    this.#stuck = parts;
    this.retry.later(() => {
      this.#stuck = undefined;
      socket.send(copies).then(this.#sent, (error: unknown) => this.#again(error, parts, copies));
    });
  }

  #countSubscribers(): void {
    if (this.closing) return;
    this.#cancelSettling?.();
    this.#cancelSettling = undefined;
    const { least } = this.#subscribers;
    const most = this.#subscribers.most(this.#tellsOfPeers ? this.#peers : Infinity);
    if (most > Math.max(this.#subscribersTold, least)) {
      // eslint-disable-next-line no-restricted-syntax -- reports again later
      this.#cancelSettling = this.#settings.clock.after(SETTLED_MS, () => this.#tellSubscribers(most));
    }
    this.#tellSubscribers(Math.min(Math.max(this.#subscribersTold, least), most));
  }

  #tellSubscribers(count: number): void {
    if (count === this.#subscribersTold) return;
    this.#subscribersTold = count;
    this.notify({ kind: 'subscribed', endpoint: this.endpoint, count });
  }
}
