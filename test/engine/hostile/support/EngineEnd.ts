import type { Parts } from '../../../../src/basics/Parts.js';
import type { SocketSettings } from '../../../../src/driver/SocketSettings.js';
import type { Socket } from '../../../../src/driver/Socket.js';
import { openEngineSocket } from '../../../helpers/openEngineSocket.js';
import type { PatternType } from '../../../../src/driver/TypeOptions.js';
import { defaultClock } from '../../../../src/rx/defaultClock.js';
import { EventLog } from '../../../contract/EventLog.js';

const MIB = 2 ** 20;

/** What a test chooses about a socket; the rest is as the library has it. */
export type EndSettings = Partial<SocketSettings>;

/** A socket of the engine, opened at its lowest level. Every message is handed to a function, where there is one, as soon as it is there. */
export class EngineEnd {
  readonly type: PatternType;
  readonly log = new EventLog();
  readonly socket: Socket;
  /** What it could not do. */
  readonly failures: Error[] = [];
  /** Messages that were left when it was closed. */
  left: number | undefined = 0;
  /** Whether what arrives is read. */
  #reads = true;
  readonly #received: ((parts: Parts) => void) | undefined;
  readonly #roomFor = new Set<() => void>();
  readonly #gone: Promise<void>;

  constructor(type: PatternType, settings: EndSettings = {}, received?: (parts: Parts) => void) {
    this.type = type;
    this.#received = received;
    let gone = (): void => undefined;
    this.#gone = new Promise((resolve) => (gone = resolve));
    this.socket = openEngineSocket(
      {
        type,
        clock: defaultClock,
        endpoints: [],
        bind: false,
        highWaterMark: 1000,
        maxMessageBytes: 256 * MIB,
        limits: {},
        reconnect: { initialMs: 20, maxMs: 200 },
        heartbeat: false,
        requiresPeer: false,
        options: {},
        ...settings,
      },
      {
        readable: () => this.#read(),
        writable: () => {
          for (const again of [...this.#roomFor]) again();
        },
        status: (status) => this.log.add(status),
        failed: (error) => void this.failures.push(error),
        closed: ({ messages }) => {
          this.left = messages;
          gone();
        },
      },
    );
  }

  /** Gives the real endpoint. */
  async bind(endpoint: string): Promise<string> {
    this.socket.bind(endpoint);
    return (await this.log.next('listening')).endpoint;
  }

  /** Waits for room. */
  async send(...parts: readonly (string | Uint8Array)[]): Promise<void> {
    const message = parts.map((part) => (typeof part === 'string' ? new Uint8Array(Buffer.from(part)) : part));
    if (this.socket.write(message)) return;
    await new Promise<void>((resolve) => {
      const again = (): void => {
        if (!this.socket.write(message)) return;
        this.#roomFor.delete(again);
        resolve();
      };
      this.#roomFor.add(again);
    });
  }

  /** Leaves what arrives where it is. */
  stopReading(): void {
    this.#reads = false;
  }

  readAgain(): void {
    this.#reads = true;
    this.#read();
  }

  async close(lingerMs = 0): Promise<void> {
    this.socket.close(lingerMs);
    await this.#gone;
  }

  #read(): void {
    while (this.#reads && this.#received) {
      const parts = this.socket.read();
      if (parts === undefined) return;
      this.#received(parts);
    }
  }
}
