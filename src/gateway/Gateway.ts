import type { Endpoints } from '../driver/endpoints.js';
import type { Closeable, ForwardOptions, PageSide } from './forward/ForwardOptions.js';
import type { RouteOptions } from './GatewayOptions.js';

/** A door for pages: paths of an HTTP server at which sockets are bound. */
export interface Gateway extends AsyncDisposable {
  /**
   * Opens a path, and gives its endpoint: any function that binds takes it, alone or beside others, as in
   * `toPub(['tcp://*:5556', web.at('/iq')])`. `fromSub`, `fromPull` and `request` take it with `bind: true`. Until a socket is bound
   * there, and when it is gone, clients get HTTP 503 and come again.
   *
   * @param path as it stands in the URL, such as `'/iq'`, without a query
   * @throws OptionError for what is no path, or one that a gateway of the same server has
   */
  at(path: string, options?: RouteOptions): string;
  /**
   * Opens a path to sockets elsewhere, over one connection for any number of pages: each has its own marks, and its subscriptions are
   * answered here. What pages send must be what the `codec` reads, else it is dropped and told.
   *
   * @param endpoints where the sockets are; connected to unless told to `bind`
   * @param as what the pages do there: `'sub'`, `'pull'`, `'push'` or `'request'`
   * @throws OptionError, EndpointError, UnsupportedError
   */
  forward(path: string, endpoints: Endpoints, as: PageSide, options?: ForwardOptions): Closeable;
  /** How many clients are there: those whose hello was taken. */
  readonly clients: number;
  /**
   * Lets nobody in any more, sends what waits for the clients for as long as that goes on within `lingerMs`, and closes them with 1001.
   * Resolves when they are gone. Sockets that are bound here stay open. Idempotent.
   */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
