import { expect, onTestFinished } from 'vitest';
import type { Parts } from '../../src/basics/Parts.js';
import type { Driver } from '../../src/driver/Driver.js';
import type { Leftover, Socket } from '../../src/driver/Socket.js';
import type { SocketSettings } from '../../src/driver/SocketSettings.js';
import type { SocketStatus } from '../../src/driver/SocketStatus.js';
import { defaultClock } from '../../src/rx/defaultClock.js';

/** A socket of a driver, on TCP unless its settings say otherwise, and what it has told. */
export class Open {
  readonly socket: Socket;
  readonly tried: unknown[] = [];
  readonly released: Parts[] = [];
  /** What was told of written messages, in order. */
  readonly toldOf: ('confirmed' | 'released')[] = [];
  leftover: Leftover | undefined;
  readonly #statuses: SocketStatus[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(
    driver: Driver,
    asked: Pick<SocketSettings, 'type' | 'bind' | 'requiresPeer' | 'tellsReleased'> & Partial<SocketSettings>,
    endpoint = 'tcp://127.0.0.1:*',
  ) {
    let gone = (): void => undefined;
    const closed = new Promise<void>((resolve) => (gone = resolve));
    const settings: SocketSettings = {
      clock: defaultClock,
      endpoints: [endpoint],
      highWaterMark: 1000,
      maxMessageBytes: 2 ** 20,
      limits: {},
      options: {},
      reconnect: { initialMs: 10, maxMs: 10 },
      heartbeat: false,
      ...asked,
    };
    const happened = (): void => {
      for (const look of [...this.#waiting]) look();
    };
    this.socket = driver.open(settings, {
      readable: happened,
      writable: happened,
      tried: (outcome) => {
        this.tried.push(outcome);
        happened();
      },
      status: (status) => {
        this.#statuses.push(status);
        happened();
      },
      confirmed: () => {
        this.toldOf.push('confirmed');
        happened();
      },
      released: (parts) => {
        this.toldOf.push('released');
        this.released.push(parts);
        happened();
      },
      failed: (error) => expect.unreachable(error.message),
      closed: (leftover) => {
        this.leftover = leftover;
        happened();
        gone();
      },
    });
    if (asked.bind) this.socket.bind(endpoint);
    else this.socket.connect(endpoint);
    onTestFinished(() => {
      this.socket.close(0);
      return closed;
    });
  }

  /** The first value that there is, looked for whenever the socket has told something. */
  heard<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const again = (): void => {
        const found = look();
        if (found === undefined) return;
        this.#waiting.delete(again);
        resolve(found);
      };
      this.#waiting.add(again);
      again();
    });
  }

  async received(): Promise<Parts> {
    const parts = await this.heard(() => this.socket.read());
    return parts.map((part) => new Uint8Array(part));
  }

  async bound(): Promise<string> {
    return (await this.heard(() => this.#statuses.find(({ kind }) => kind === 'listening'))).endpoint;
  }

  /** Sends a message as soon as there is room, and says when it was told that it is sent. */
  async sent(parts: Parts, owned: boolean): Promise<'now' | 'later'> {
    for (;;) {
      const outcome = await this.heard(() => {
        const written = this.socket.write(parts, owned);
        return written === false ? undefined : { written };
      });
      if (outcome.written === true) return 'now';
      const tried = await this.heard(() => this.tried.shift());
      expect(tried).toBeTypeOf('boolean');
      if (tried === true) return 'later';
    }
  }
}
