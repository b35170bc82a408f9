import type { Parts } from '../basics/Parts.js';
import { whenGivenUp } from '../driver/closingEndpoints.js';
import type { SocketListener, Socket } from '../driver/Socket.js';
import type { SocketSettings, SocketType } from '../driver/SocketSettings.js';
import { turnBudgetOf } from '../time/TurnBudget.js';
import { createRawSocket, type RawZeroMQSocket } from './createRawSocket.js';
import type { ZeroMQSocket } from './createZeroMQSocket.js';
import { fromLibzmq } from './fromLibzmq.js';
import { isWritable } from './isWritable.js';
import type { ZeroMQ } from './loadZeroMQ.js';
import { NativeCore } from './NativeCore.js';
import { optionNumbers } from './optionNumbers.js';

/** So many messages in one turn of the event loop are a burst. */
const BURST_MESSAGES = 64;
/** They cannot be asked for a message. */
const SENDS_ONLY: readonly SocketType[] = ['pub', 'push', 'radio', 'scatter'];
/** Types whose messages are for whichever peer has room. */
const BALANCED: ReadonlySet<string> = new Set(['push', 'dealer', 'req', 'pair', 'client', 'scatter', 'channel']);

/** A zeromq.js socket of any type, with libzmq's own semantics: it reads when it is asked to, and has one send in flight. */
export class RawNativeSocket extends NativeCore implements Socket {
  readonly #settings: SocketSettings;
  readonly #listener: SocketListener;
  /** A request is received after a reply was sent, and the other way round: asking too early is an error, unless one waits. */
  readonly #waits: boolean;
  /**
   * It reads one message ahead: libzmq hears of what its threads have done, be it of a new peer or of the end of one, when it is
   * asked for something. Not where what was received last decides what others do, or only the newest counts.
   */
  readonly #readsAhead: boolean;
  readonly #turn;
  #next: Parts | undefined;
  #reading = false;
  #turnId = -1;
  #cameInTurn = 0;
  #bursting = false;

  constructor(settings: SocketSettings, listener: SocketListener) {
    super(settings, listener);
    this.#settings = settings;
    this.#listener = listener;
    this.#waits = settings.type === 'req' || settings.type === 'rep';
    const { manual = false, manualLastValue = false } = settings.options;
    const isPicky = manual || manualLastValue || settings.conflate === true;
    this.#readsAhead = !isPicky && !SENDS_ONLY.includes(settings.type);
    this.#turn = turnBudgetOf(settings.clock);
    void this.open([]);
  }

  override bind(endpoint: string): void {
    whenGivenUp(endpoint, () => super.bind(endpoint));
  }

  read(): Parts | undefined {
    const parts = this.#next;
    this.#next = undefined;
    if (!this.#reading && (parts === undefined || this.#readsAhead)) this.#receive();
    return parts;
  }

  write(parts: Parts): boolean | undefined {
    if (!this.socket || this.closing || this.retry.isPending) return false; // it tells of room
    let sent: Promise<void>;
    try {
      sent = this.#send(this.socket as unknown as RawZeroMQSocket, parts);
    } catch (cause) {
      throw this.errorOf('send', this.endpoint, cause);
    }
    this.sending += 1;
    sent.then(this.#sent, this.#notSent);
    return undefined;
  }

  /** libzmq does not say when there is some: that has to be asked again and again. */
  hasRoom(): boolean {
    if (!this.socket || this.closing || this.retry.isPending) return false;
    if (!BALANCED.has(this.#settings.type) || this.sending > 0) return true;
    if (isWritable(this.socket, { receives: this.#reading })) return true;
    this.retry.later(this.#room);
    return false;
  }

  /** What it has, libzmq has. */
  withdraw(): boolean {
    return false;
  }

  protected override create(zeromq: ZeroMQ): ZeroMQSocket {
    return createRawSocket(zeromq, this.#settings) as unknown as ZeroMQSocket;
  }

  protected override opened(): void {
    if (this.#readsAhead) this.#receive();
    this.#listener.readable();
    if (!this.isOver()) this.#listener.writable();
  }

  protected override stopped(): void {
    this.#next = undefined;
  }

  protected override peersAre(): void {}

  #send(socket: RawZeroMQSocket, parts: Parts): Promise<void> {
    const { type } = this.#settings;
    if (type === 'server') {
      const [id, body] = parts as [Uint8Array, Uint8Array];
      return socket.send([body], { routingId: new DataView(id.buffer, id.byteOffset).getUint32(0) });
    }
    if (type === 'radio') {
      const [group, body] = parts as [Uint8Array, Uint8Array];
      return socket.send([body], { group: Buffer.from(group) });
    }
    return socket.send(parts);
  }

  readonly #sent = (): void => {
    this.retry.reset();
    this.settled();
    this.#listener.tried?.(true);
  };

  readonly #notSent = (cause: unknown): void => {
    this.settled();
    if ((cause as { code?: string }).code !== 'EAGAIN') {
      this.#listener.tried?.(this.errorOf('send', this.endpoint, cause));
      return;
    }
    if (!this.closing) this.retry.later(this.#room);
    this.#listener.tried?.(false);
  };

  readonly #room = (): void => {
    if (!this.closing) this.#listener.writable();
  };

  #receive(): void {
    const { socket } = this;
    this.#reading = socket !== undefined && !this.closing;
    if (!this.#reading) return;
    try {
      socket?.receive().then(this.#received, this.#notReceived);
    } catch (cause) {
      this.#notReceived(cause);
    }
  }

  readonly #received = (received: unknown[]): void => {
    this.#reading = false;
    if (this.closing) return;
    this.#next = fromLibzmq(this.#settings.type, received);
    this.#countBurst();
    this.#listener.readable();
  };

  readonly #notReceived = (cause: unknown): void => {
    this.#reading = false;
    if (!this.closing && (cause as { code?: string }).code === 'EAGAIN') {
      this.#setBursting(false); // a burst is over, or what had come is nothing for this socket, such as a late reply
      this.#receive();
    } else {
      this.fail('receive', this.endpoint, cause);
    }
  };

  /** Without a timeout zeromq.js does not ask before each message whether there is one: a quarter of the time of a small one. */
  #countBurst(): void {
    if (this.#bursting || this.#waits) return;
    this.#cameInTurn = this.#turn.id === this.#turnId ? this.#cameInTurn + 1 : 0;
    this.#turnId = this.#turn.id;
    if (this.#cameInTurn >= BURST_MESSAGES) this.#setBursting(true);
  }

  #setBursting(on: boolean): void {
    this.#cameInTurn = 0;
    if (this.#bursting === on) return;
    this.#bursting = on;
    const { socket } = this;
    if (socket?.closed !== false) return;
    (socket as unknown as RawZeroMQSocket).setInt32Option(optionNumbers.receiveTimeout, on ? 0 : -1);
  }
}
