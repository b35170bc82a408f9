import type { Parts } from '../../../src/basics/Parts.js';
import { MemoryNetwork } from '../../../src/engine/carriers/memory/MemoryNetwork.js';
import { Flusher } from '../../../src/engine/context/Flusher.js';
import { InprocNames } from '../../../src/engine/context/InprocNames.js';
import { Loop } from '../../../src/engine/context/Loop.js';
import type { EngineContext } from '../../../src/engine/context/EngineContext.js';
import type { SocketSettings } from '../../../src/driver/SocketSettings.js';
import { openEngineSocket } from '../../helpers/openEngineSocket.js';
import type { PatternType } from '../../../src/driver/TypeOptions.js';
import type { Leftover } from '../../../src/driver/Socket.js';
import type { SocketStatus } from '../../../src/driver/SocketStatus.js';
import { FakeClock } from '../../helpers/FakeClock.js';

/** Sockets that reach each other over a network in memory, in a time that stands still until it is told to go on. */
export class World {
  readonly clock = new FakeClock();
  readonly network: MemoryNetwork;
  readonly #deferred: (() => void)[] = [];
  readonly context: EngineContext;

  /** @param bufferBytes what each direction of a connection holds: how slow it is */
  constructor(bufferBytes = 4096) {
    this.network = new MemoryNetwork({ clock: this.clock, bufferBytes });
    this.context = {
      carriers: { tcp: this.network.tcp, ipc: this.network.ipc },
      inproc: new InprocNames(),
      loop: new Loop(),
      flusher: new Flusher((callback) => void this.#deferred.push(callback)),
      loadCurve: () => Promise.reject(new Error('not here')),
    };
  }

  open(type: PatternType, settings: Partial<SocketSettings> = {}) {
    const heard = { writable: (): void => undefined };
    const statuses: SocketStatus[] = [];
    const failures: string[] = [];
    const left: Leftover[] = [];
    const socket = openEngineSocket(
      {
        type,
        clock: this.clock,
        endpoints: [],
        bind: false,
        highWaterMark: 1000,
        maxMessageBytes: 1 << 20,
        limits: {},
        reconnect: { initialMs: 100, maxMs: 800 },
        heartbeat: false,
        requiresPeer: false,
        options: {},
        ...settings,
      },
      {
        readable: () => undefined,
        writable: () => heard.writable(),
        status: (status) => statuses.push(status),
        failed: ({ message }) => failures.push(message),
        closed: (leftover) => left.push(leftover),
      },
      this.context,
    );
    const onWritable = (callback: () => void): void => void (heard.writable = callback);
    const kinds = () => statuses.map(({ kind }) => kind);
    return { socket, statuses, failures, left, kinds, onWritable };
  }

  /** Lets everything happen that takes no time. */
  settle(): void {
    for (let i = 0; i < 50; i += 1) {
      for (const task of this.#deferred.splice(0)) task();
      this.clock.turn();
    }
  }

  pass(ms: number): void {
    for (let i = 0; i < ms; i += 1) {
      this.clock.spend(1);
      for (let turn = 0; turn < 6; turn += 1) {
        for (const task of this.#deferred.splice(0)) task();
        this.clock.turn();
      }
    }
  }
}

/** Where sockets of these tests meet. */
export const at = 'tcp://127.0.0.1:5555';
/** A message of one part. */
export const bytes = (...values: number[]): Parts => [Uint8Array.from(values)];
/** All that can be read. */
export const all = (socket: { read(): Parts | undefined }): Parts[] => {
  const messages: Parts[] = [];
  for (let parts = socket.read(); parts; parts = socket.read()) messages.push(parts);
  return messages;
};
