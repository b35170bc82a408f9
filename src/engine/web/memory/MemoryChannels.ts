import type { Clock } from '../../../time/Clock.js';
import type { ChannelAttempt, ChannelConnector } from '../Channel.js';
import { SUBPROTOCOL } from '../hello.js';
import { WebBudget } from '../WebBudget.js';
import type { WebClientLimits, WebClientListener } from '../WebRoute.js';
import type { WebRoutes } from '../WebRoutes.js';
import { MemoryChannel } from './MemoryChannel.js';

/** The default limits of a client. */
export const memoryLimits: WebClientLimits = {
  helloMs: 10_000,
  windowBytes: 256 * 1024,
  maxMessageBytes: Infinity,
  maxParts: 1024,
  maxSubscriptions: 10_000,
  maxTopicBytes: 1024,
  messagesPerSecond: Infinity,
  bytesPerSecond: Infinity,
  sendMessages: 1000,
  sendBytes: 4 * 1024 * 1024,
  pingMs: 20_000,
  goneMs: 45_000,
  slowMs: 30_000,
  closeSlow: false,
};

const nobody: WebClientListener = {
  connected: () => undefined,
  stalled: () => undefined,
  resumed: () => undefined,
  dropped: () => undefined,
  closed: () => undefined,
};

export interface MemoryChannelsOptions {
  readonly clock: Clock;
  readonly routes: WebRoutes;
  /** The latency of connecting and of every message, in ms; 0: until the next turn. */
  readonly latencyMs: number;
  readonly limits?: Partial<WebClientLimits>;
  readonly listener?: Partial<WebClientListener>;
}

/** WebSockets in memory, with a gateway at every host that has a socket bound there. */
export class MemoryChannels implements ChannelConnector {
  readonly #options: MemoryChannelsOptions;
  readonly #budget = new WebBudget(Infinity);

  constructor(options: MemoryChannelsOptions) {
    this.#options = options;
  }

  connect(url: string, _protocols: readonly string[], attempt: ChannelAttempt): () => void {
    let isWanted = true;
    this.#later(() => {
      if (!isWanted) return;
      const endpoint = gatewayOf(url);
      const route = this.#options.routes.find(endpoint);
      if (route === undefined) {
        attempt.failed('nothing is bound there');
        return;
      }
      const [near, far] = MemoryChannel.pair((callback) => this.#later(callback));
      attempt.opened(near, SUBPROTOCOL);
      const { limits, listener } = this.#options;
      route.accept({
        channel: far,
        path: endpoint.replace(/^gateway:\/\/[^/]*/, ''),
        address: '',
        limits: { ...memoryLimits, ...limits },
        budget: this.#budget,
        listener: { ...nobody, ...listener },
      });
    });
    return () => (isWanted = false);
  }

  #later(callback: () => void): void {
    const { clock, latencyMs } = this.#options;
    if (latencyMs === 0) clock.soon(callback);
    // eslint-disable-next-line no-restricted-syntax -- the time a wire takes
    else clock.after(latencyMs, callback);
  }
}

/** The endpoint at which the socket for this URL is bound. */
export function gatewayOf(url: string): string {
  return url.startsWith('/') ? `gateway://page${url}` : url.replace(/^wss?:/, 'gateway:');
}
