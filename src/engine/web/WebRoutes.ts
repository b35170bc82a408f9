import type { WebRoute } from './WebRoute.js';

/** A gateway, as seen by sockets that bind at it. */
export interface WebHost {
  /** Calls back once a socket can be bound at that endpoint, at once if it can now; or with the reason why none can. */
  whenReady(endpoint: string, then: (failure?: Error) => void): void;
}

/** The sockets that are bound at endpoints of gateways: one table for each thread, or for each run in virtual time. */
export class WebRoutes {
  readonly #routes = new Map<string, WebRoute>();
  /** By the names with which their endpoints begin. */
  readonly #hosts = new Map<string, WebHost>();
  readonly #needsHost: boolean;

  /** @param needsHost `true`: sockets can be bound only at gateways; `false`: at any name */
  constructor(needsHost = false) {
    this.#needsHost = needsHost;
  }

  /** Adds a gateway whose endpoints begin with this name; `undefined`: it is gone. */
  host(name: string, host: WebHost | undefined): void {
    if (host) this.#hosts.set(name, host);
    else this.#hosts.delete(name);
  }

  /** Calls back once a socket can be bound at that endpoint, or with the reason why none can. */
  whenOpen(endpoint: string, then: (failure?: Error) => void): void {
    const host = this.#hosts.get(/^gateway:\/\/\d+/.exec(endpoint)?.[0] ?? '');
    if (host) host.whenReady(endpoint, then);
    else if (this.#needsHost) then(new Error('there is no such gateway, or it is closed'));
    else then();
  }

  /** The socket at an endpoint that `Gateway.at` returned; `undefined`: none is bound. */
  find(endpoint: string): WebRoute | undefined {
    return this.#routes.get(endpoint);
  }

  /** `false`: another socket is bound there. */
  bind(endpoint: string, route: WebRoute): boolean {
    if (this.#routes.has(endpoint)) return false;
    this.#routes.set(endpoint, route);
    return true;
  }

  unbind(endpoint: string, route: WebRoute): void {
    if (this.#routes.get(endpoint) === route) this.#routes.delete(endpoint);
  }
}
