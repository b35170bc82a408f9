import type { Parts } from '../../src/basics/Parts.js';
import type { TypeOptions, PatternType } from '../../src/driver/TypeOptions.js';
import type { DriverSecurity } from '../../src/driver/DriverSecurity.js';
import { latin1, toBytes } from './bytes.js';
import { type ContractEvent, EventLog } from './EventLog.js';
import { FAILURE_MS } from './failure.js';

/** The drivers that the contract is about. */
export type DriverName = 'native' | 'engine';

/** What can be chosen about a socket, in ZeroMQ's terms. What is left out is as libzmq has it. */
export interface ContractOptions extends TypeOptions {
  /** Messages that wait for one peer; 0: no end. */
  readonly sendHighWaterMark?: number;
  readonly receiveHighWaterMark?: number;
  readonly routingId?: string;
  /** No queue for a peer that is not there. */
  readonly immediate?: boolean;
  /** Only the newest message is kept. */
  readonly conflate?: boolean;
  readonly maxMessageSize?: number;
  /** All in ms. */
  readonly reconnectInterval?: number | false;
  readonly reconnectMaxInterval?: number;
  readonly handshakeInterval?: number;
  readonly heartbeatInterval?: number;
  readonly heartbeatTimeout?: number;
  readonly heartbeatTimeToLive?: number;
  readonly security?: DriverSecurity;
}

/** What a case hands in as a message: text stands for its latin1 bytes. */
export type Message = readonly (string | Uint8Array)[];

/**
 * A socket of any type on any driver, as the cases use it. What waits does so for {@link FAILURE_MS} at the longest and
 * then fails; no case leans on that.
 *
 * SERVER and PEER messages are `[id, body]` with an id of 4 bytes, RADIO and DISH messages `[group, body]`.
 */
export abstract class ContractSocket {
  abstract readonly driver: DriverName;
  readonly log = new EventLog();

  constructor(
    readonly type: PatternType,
    readonly options: ContractOptions,
  ) {}

  /** All that it told of its connections so far. None on inproc. */
  get events(): readonly ContractEvent[] {
    return this.log.all;
  }

  /** Gives the real endpoint. Rejects where it cannot be bound. */
  abstract bind(endpoint: string): Promise<string>;
  /** Comes back when the address is free again. */
  abstract unbind(endpoint: string): Promise<void>;
  abstract connect(endpoint: string, options?: { readonly routingId?: string }): void;
  abstract disconnect(endpoint: string): void;
  abstract subscribe(topic: string | Uint8Array): void;
  abstract unsubscribe(topic: string | Uint8Array): void;
  abstract join(group: string): void;
  abstract leave(group: string): void;
  /** Comes back when it is gone, with all it held. Idempotent. `lingerMs` as `Socket.close` has it. */
  abstract close(lingerMs?: number): Promise<void>;
  /** Comes back when it has so many peers and each can be sent to. At once on inproc, where each step is over when it returns. */
  abstract peers(count: number): Promise<void>;

  /** One try: `false`: there is no room, or no peer. Rejects where it can never be sent. */
  trySend(message: Message): Promise<boolean> {
    return this.attempt(message.map(toBytes));
  }

  /** Waits for room. */
  async send(...message: Message): Promise<void> {
    const parts = message.map(toBytes);
    const givesUp = performance.now() + FAILURE_MS;
    while (!(await this.attempt(parts))) {
      if (performance.now() > givesUp) throw new Error(`${this.type}: no room for ${show(parts)}`);
      await this.room();
    }
  }

  /** The next message that is there already. */
  async tryReceive(): Promise<string[] | undefined> {
    return (await this.take())?.map(latin1);
  }

  /** The next message, its parts as latin1 text. */
  async receive(): Promise<string[]> {
    return (await this.receiveBytes()).map(latin1);
  }

  async receiveBytes(): Promise<Parts> {
    const parts = await this.arrival(FAILURE_MS);
    if (parts === undefined) throw new Error(`${this.type}: nothing arrived; ${this.log.show()}`);
    return parts;
  }

  /** The next message, if it comes within so many ms. For polling only. */
  async receiveWithin(ms: number): Promise<string[] | undefined> {
    return (await this.arrival(ms))?.map(latin1);
  }

  /** The next `count` messages, each as the text of all its parts with `|` between them. */
  async receiveAll(count: number): Promise<string[]> {
    const all: string[] = [];
    while (all.length < count) all.push((await this.receive()).join('|'));
    return all;
  }

  /** Sends until there is no room; gives how many were taken. */
  async fill(message: (n: number) => Message, atMost = 100_000): Promise<number> {
    let count = 0;
    while (count < atMost && (await this.trySend(message(count)))) count += 1;
    return count;
  }

  /** All that is there already, as {@link receiveAll} gives it. */
  async drain(): Promise<string[]> {
    const all: string[] = [];
    for (;;) {
      const parts = await this.tryReceive();
      if (parts === undefined) return all;
      all.push(parts.join('|'));
    }
  }

  protected abstract attempt(parts: Parts): Promise<boolean>;
  /** Comes back when another try may be worth it. */
  protected abstract room(): Promise<void>;
  protected abstract take(): Promise<Parts | undefined>;
  protected abstract arrival(ms: number): Promise<Parts | undefined>;
}

function show(parts: Parts): string {
  return JSON.stringify(parts.map((part) => latin1(part.subarray(0, 40))));
}
