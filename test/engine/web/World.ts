import type { Parts } from '../../../src/basics/Parts.js';
import type { Leftover } from '../../../src/driver/Socket.js';
import type { SocketSettings } from '../../../src/driver/SocketSettings.js';
import type { SocketStatus } from '../../../src/driver/SocketStatus.js';
import type { PatternType } from '../../../src/driver/TypeOptions.js';
import type { EngineContext } from '../../../src/engine/context/EngineContext.js';
import { Flusher } from '../../../src/engine/context/Flusher.js';
import { InprocNames } from '../../../src/engine/context/InprocNames.js';
import { Loop } from '../../../src/engine/context/Loop.js';
import type { ChannelConnector } from '../../../src/engine/web/Channel.js';
import { MemoryChannels } from '../../../src/engine/web/memory/MemoryChannels.js';
import type { WebClientLimits, WebClientListener } from '../../../src/engine/web/WebRoute.js';
import { WebRoutes } from '../../../src/engine/web/WebRoutes.js';
import { FakeClock } from '../../helpers/FakeClock.js';
import { openEngineSocket } from '../../helpers/openEngineSocket.js';

/** Where sockets of these tests meet: the path that pages connect to, and the same as a gateway's endpoint. */
export const path = '/iq';
export const bound = 'gateway://page/iq';

/** Sockets that reach each other over WebSockets in memory, in a time that stands still until it is told to go on. */
export class World {
  readonly clock = new FakeClock();
  readonly routes = new WebRoutes();
  readonly context: EngineContext;
  readonly #deferred: (() => void)[] = [];

  constructor(
    limits: Partial<WebClientLimits> = {},
    listener: Partial<WebClientListener> = {},
    channels?: (own: ChannelConnector) => ChannelConnector,
  ) {
    const own = new MemoryChannels({ clock: this.clock, routes: this.routes, latencyMs: 0, limits, listener });
    this.context = {
      carriers: {},
      inproc: new InprocNames(),
      loop: new Loop(),
      flusher: new Flusher((callback) => void this.#deferred.push(callback)),
      channels: channels?.(own) ?? own,
      routes: this.routes,
      random: () => 0.5,
      loadCurve: () => Promise.reject(new Error('not here')),
    };
  }

  open(type: PatternType, settings: Partial<SocketSettings> = {}) {
    const statuses: SocketStatus[] = [];
    const failures: string[] = [];
    const left: Leftover[] = [];
    const heard = { writable: (): void => undefined };
    const socket = openEngineSocket(
      {
        type,
        clock: this.clock,
        endpoints: [],
        bind: false,
        highWaterMark: 1000,
        maxMessageBytes: 1 << 28,
        limits: {},
        reconnect: { initialMs: 100, maxMs: 800 },
        heartbeat: false,
        requiresPeer: true,
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
    return { socket, statuses, failures, left, heard, kinds: () => statuses.map(({ kind }) => kind) };
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

/** All that can be read. */
export const all = (socket: { read(): Parts | undefined }): Parts[] => {
  const messages: Parts[] = [];
  for (let parts = socket.read(); parts; parts = socket.read()) messages.push(parts);
  return messages;
};

export const bytes = (...values: number[]): Parts => [Uint8Array.from(values)];
