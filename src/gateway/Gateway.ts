import type { Endpoints } from '../driver/endpoints.js';
import type { Closeable, ForwardOptions, PageSide } from './forward/ForwardOptions.js';
import type { RouteOptions } from './GatewayOptions.js';

/** A gateway for web pages: sockets are bound at paths of an HTTP server. */
export interface Gateway extends AsyncDisposable {
  /**
   * Opens a path, and returns its endpoint: any function that binds accepts it, alone or with others, as in
   * `toPub(['tcp://*:5556', web.at('/iq')])`. `fromSub`, `fromPull` and `request` accept it with `bind: true`. Until a socket is bound
   * there, and after it is closed, clients get HTTP 503 and try again.
   *
   * @param path as in the URL, such as `'/iq'`, without a query
   * @throws OptionError if it is not a path, or if a gateway of the same server already has it
   */
  at(path: string, options?: RouteOptions): string;
  /**
   * Opens a path to other sockets, over one connection for any number of pages. Each page has its own high-water marks, and the gateway
   * handles its subscriptions. The `codec` must be able to decode the messages of pages; others are dropped and reported.
   *
   * @param endpoints the endpoints of the other sockets; the gateway connects to them, or binds them with option `bind`
   * @param as what the pages do there: `'sub'`, `'pull'`, `'push'` or `'request'`
   * @throws OptionError, EndpointError, UnsupportedError
   */
  forward(path: string, endpoints: Endpoints, as: PageSide, options?: ForwardOptions): Closeable;
  /** How many clients are connected: those whose hello was accepted. */
  readonly clients: number;
  /**
   * Accepts no more clients, sends the queued messages of its clients as long as there is progress within `lingerMs`, and closes them
   * with 1001. Resolves when they are gone and the sockets have read what they sent, as long as something is read within `lingerMs`.
   * Sockets that are bound here stay open. Idempotent.
   */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
