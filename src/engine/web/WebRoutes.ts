import type { WebRoute } from './WebRoute.js';

/** Which socket is bound at which endpoint of a gateway: one table for each thread, or each run in virtual time. */
export class WebRoutes {
  readonly #routes = new Map<string, WebRoute>();

  /** The socket at an endpoint, as `Gateway.at` gave it; `undefined`: none is bound. */
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
