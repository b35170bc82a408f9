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

/** How many messages in one turn of the event loop count as a burst. */
const BURST_MESSAGES = 64;
/** Types that cannot receive. */
const SENDS_ONLY: readonly SocketType[] = ['pub', 'push', 'radio', 'scatter'];
/** Types that send a message to any peer whose queue has space. */
const BALANCED: ReadonlySet<string> = new Set(['push', 'dealer', 'req', 'pair', 'client', 'scatter', 'channel']);

/** A zeromq.js socket of any type, with the semantics of libzmq: it reads on request, and has one send in flight. */
export class RawNativeSocket extends NativeCore implements Socket {
  readonly #settings: SocketSettings;
  readonly #listener: SocketListener;
  /** req, rep: they must send and receive in turns. To receive too early is an error, unless the socket waits. */
  readonly #waits: boolean;
  /**
   * Whether it reads one message ahead: libzmq notices new and lost peers only during a call. It does not read ahead if other calls
   * depend on the last received message, or if only the newest message counts.
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
    if (!this.socket || this.closing || this.retry.isPending) return false; // `writable` follows
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

  /** libzmq does not report when the queue has space: the socket must check again and again. */
  hasRoom(): boolean {
    if (!this.socket || this.closing || this.retry.isPending) return false;
    if (!BALANCED.has(this.#settings.type) || this.sending > 0) return true;
    if (isWritable(this.socket, { receives: this.#reading })) return true;
    this.retry.later(this.#room);
    return false;
  }

  /** All accepted messages are in libzmq, which cannot return them. */
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
      this.#setBursting(false); // a burst is over, or the message was not for this socket, such as a late reply
      this.#receive();
    } else {
      this.fail('receive', this.endpoint, cause);
    }
  };

  /**
   * With a time-out of 0, zeromq.js does not check for a message before each read, which would take a quarter of the time of a
   * small one.
   */
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
