import { Dealer, type Publisher, Push, Request, Subscriber, XPublisher } from 'zeromq';
import type { Parts } from '../../../../src/basics/Parts.js';
import { FAILURE_MS } from '../../../contract/failure.js';
import { EngineEnd, type EndSettings } from './EngineEnd.js';

/** What is attacked. */
export const TARGETS = ['pull', 'router', 'pub', 'sub', 'rep'] as const;
export type TargetType = (typeof TARGETS)[number];

/** What a peer of it says it is. */
export const PEER_OF: Readonly<Record<TargetType, string>> = {
  pull: 'PUSH',
  router: 'DEALER',
  pub: 'SUB',
  sub: 'PUB',
  rep: 'REQ',
};

const BURST = 10;
const HONEST = 'honest';

type Friend = Push | Dealer | Subscriber | Publisher | Request;

/**
 * A listening socket of the engine, and a zeromq.js peer with which it exchanges numbers all the time: some at once, and the
 * next when they have all come.
 */
export class Target {
  readonly end: EngineEnd;
  endpoint = '';
  /** The numbers that have gone all the way, in the order they came. */
  readonly numbers: number[] = [];
  /** Messages of others. */
  others = 0;
  readonly #friend: Friend;
  readonly #type: TargetType;
  readonly #waiting = new Set<() => void>();
  #exchanging: Promise<void> = Promise.resolve();
  #stopped = false;
  #error: unknown;

  private constructor(type: TargetType, settings: EndSettings) {
    this.#type = type;
    this.end = new EngineEnd(type, settings, type === 'pub' ? undefined : (parts) => this.#received(parts));
    this.#friend = friendOf(type);
  }

  static async open(type: TargetType, transport: 'tcp' | 'ipc', settings: EndSettings = {}): Promise<Target> {
    const target = new Target(type, settings);
    await target.#start(transport);
    return target;
  }

  /** Statuses of connections. */
  get log(): EngineEnd['log'] {
    return this.end.log;
  }

  /** Fails unless so many further numbers come, and all that came are each one more than the last. */
  async goesOn(count = 3 * BURST): Promise<void> {
    const wanted = this.numbers.length + count;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(check);
        reject(new Error(`the honest peer is stuck at ${this.numbers.length} of ${wanted}; ${this.log.show()}`));
      }, FAILURE_MS);
      const check = (): void => {
        if (this.#error === undefined && this.numbers.length < wanted) return;
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
    if (this.#error !== undefined) throw this.#error;
    const wrong = this.numbers.findIndex((number, i) => number !== i);
    if (wrong >= 0) throw new Error(`number ${wrong} came as ${this.numbers[wrong]}`);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    await this.#exchanging;
    this.#friend.close();
    await this.end.close();
  }

  async #start(transport: 'tcp' | 'ipc'): Promise<void> {
    if (this.#type === 'sub') this.end.socket.subscribe(new Uint8Array());
    this.endpoint = await this.end.bind(transport === 'tcp' ? 'tcp://127.0.0.1:*' : 'ipc://*');
    const friend = this.#friend;
    if (friend instanceof Subscriber) friend.subscribe(HONEST);
    friend.connect(this.endpoint);
    if (friend instanceof XPublisher) await friend.receive();
    await this.log.first(this.#type === 'pub' ? 'subscribed' : 'connected');
    this.#exchanging = this.#exchange();
  }

  async #exchange(): Promise<void> {
    try {
      for (let from = 0; !this.#stopped; from += BURST) {
        if (this.#friend instanceof Request)
          for (let n = from; n < from + BURST; n += 1) await this.#ask(this.#friend, n);
        else await this.#burst(from);
        await new Promise((resolve) => setTimeout(resolve, 1)); // it is a peer, not an attack
      }
    } catch (error) {
      this.#error ??= error;
      this.#wake();
    }
  }

  async #ask(friend: Request, number: number): Promise<void> {
    await friend.send([HONEST, String(number)]);
    this.#came(await friend.receive());
  }

  async #burst(from: number): Promise<void> {
    const friend = this.#friend;
    for (let n = from; n < from + BURST; n += 1) {
      if (friend instanceof Subscriber) await this.end.send(HONEST, String(n));
      else await (friend as Push).send([HONEST, String(n)]);
    }
    if (friend instanceof Subscriber || friend instanceof Dealer) {
      for (let n = 0; n < BURST; n += 1) this.#came(await friend.receive());
    } else {
      while (this.numbers.length < from + BURST && !this.#stopped) await this.#next();
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        this.#waiting.delete(check);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(check, FAILURE_MS);
      this.#waiting.add(check);
    });
  }

  #received(parts: Parts): void {
    if (this.#type === 'router') this.end.socket.write(parts);
    else if (this.#type === 'rep') this.end.socket.write(parts);
    else if (text(parts[0]) === HONEST) this.#came(parts);
    if (text(parts[this.#type === 'router' ? 1 : 0]) !== HONEST) this.others += 1;
    this.#wake();
  }

  #came(parts: readonly Uint8Array[]): void {
    if (text(parts[0]) !== HONEST) this.#error ??= new Error(`the honest peer got ${text(parts[0])}`);
    this.numbers.push(Number(text(parts[1])));
    this.#wake();
  }

  #wake(): void {
    for (const check of [...this.#waiting]) check();
  }
}

function friendOf(type: TargetType): Friend {
  const options = { linger: 0, receiveTimeout: FAILURE_MS, sendTimeout: FAILURE_MS };
  switch (type) {
    case 'pull':
      return new Push({ linger: 0 });
    case 'router':
      return new Dealer(options);
    case 'pub':
      return new Subscriber({ linger: 0, receiveTimeout: FAILURE_MS });
    case 'sub':
      return new XPublisher({ linger: 0 }) as unknown as Publisher;
    case 'rep':
      return new Request(options);
  }
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
