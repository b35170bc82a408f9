import { describe, expect, it, onTestFinished } from 'vitest';
import type { Parts } from '../../src/basics/Parts.js';
import type { Driver } from '../../src/driver/Driver.js';
import type { Socket } from '../../src/driver/Socket.js';
import type { SocketSettings } from '../../src/driver/SocketSettings.js';
import type { SocketStatus } from '../../src/driver/SocketStatus.js';
import { subDrivers, socketDrivers } from '../../src/platform/node.js';
import { defaultClock } from '../../src/rx/defaultClock.js';

/** Larger than what is copied in any case. */
const LARGE_BYTES = 65_536;

const doors = [
  ['the engine, for sources and sinks', subDrivers.engine, true],
  ['libzmq, for sources and sinks', subDrivers.native, true],
  ['the engine, for any socket', socketDrivers.engine, false],
  ['libzmq, for any socket', socketDrivers.native, false],
] as const;

describe.each(doors)('what %s claims', (_, driver, requiresPeer) => {
  const { capabilities } = driver;

  it('is so: it tells now or later, tells the peer, and what it has released', async () => {
    const push = new Open(driver, { type: 'push', bind: true, requiresPeer, tellsReleased: true });
    const pull = new Open(driver, { type: 'pull', bind: false, requiresPeer }, await push.bound());
    const parts = [new Uint8Array(LARGE_BYTES).fill(7)];

    expect(await push.sent(parts, true)).toBe(capabilities.tellsLater ? 'later' : 'now');

    expect(await pull.received()).toEqual(parts);
    expect(pull.socket.from !== undefined).toBe(capabilities.tellsPeer);
    if (capabilities.tellsReleased) expect(await push.heard(() => push.released[0])).toBe(parts);
    else expect(push.released).toEqual([]);
  });

  it.runIf(capabilities.copiesAtOnce)('is so: it has copied when write returns', async () => {
    const push = new Open(driver, { type: 'push', bind: true, requiresPeer });
    const pull = new Open(driver, { type: 'pull', bind: false, requiresPeer }, await push.bound());
    for (const length of [1, 4095, LARGE_BYTES]) {
      const part = new Uint8Array(length).fill(7);
      await push.sent([part], false);
      part.fill(0);
      expect(await pull.received()).toEqual([new Uint8Array(length).fill(7)]);
    }
  });

  it('has settle where it settles', () => {
    const { socket } = new Open(driver, { type: 'pull', bind: true, requiresPeer });
    expect(socket.settle !== undefined).toBe(capabilities.settles);
  });
});

/** A socket of a driver on TCP, and what it has told. */
class Open {
  readonly socket: Socket;
  readonly tried: unknown[] = [];
  readonly released: Parts[] = [];
  readonly #statuses: SocketStatus[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(
    driver: Driver,
    asked: Pick<SocketSettings, 'type' | 'bind' | 'requiresPeer' | 'tellsReleased'>,
    endpoint = 'tcp://127.0.0.1:*',
  ) {
    let gone = (): void => undefined;
    const closed = new Promise<void>((resolve) => (gone = resolve));
    const settings: SocketSettings = {
      ...asked,
      clock: defaultClock,
      endpoints: [endpoint],
      highWaterMark: 1000,
      maxMessageBytes: 2 ** 20,
      limits: {},
      options: {},
      reconnect: { initialMs: 10, maxMs: 10 },
      heartbeat: false,
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
      released: (parts) => {
        this.released.push(parts);
        happened();
      },
      failed: (error) => expect.unreachable(error.message),
      closed: () => gone(),
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
