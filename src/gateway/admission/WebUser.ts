import type { IncomingHttpHeaders } from 'node:http';

/** The data of a client for `authenticate` of a gateway. */
export interface WebCredentials {
  readonly mechanism: 'web';
  /** The token of the client; `undefined`: none. */
  readonly token?: string | undefined;
  /**
   * The origin of its page, as its browser sends it; other programs can send anything. `undefined`: it sends none, so it is not a
   * browser.
   */
  readonly origin?: string | undefined;
  /** Its IP address: its own, or the one that a proxy of `trustProxy` reports; IPv4 always in the form `127.0.0.1`. */
  readonly address: string;
  /** The requested path, as in the URL. */
  readonly path: string;
  /** The headers of its request, such as `cookie`, without the one that contains the token. */
  readonly headers: IncomingHttpHeaders;
}

/** The user of a client, and what it may do. */
export interface WebUser {
  /** Appears in statuses, and is sent to the page; not empty, and not more than 255 characters. */
  readonly userId: string;
  /**
   * The end of its access, in ms as from `Date.now()`: then the client is closed with 4401, and connects again with a new token.
   * @default for ever
   */
  readonly expiresAt?: number | undefined;
  /** The paths that it may use; at other paths it is closed with 4403. @default all */
  readonly paths?: readonly string[] | undefined;
}

/** What `authenticate` may return. */
export type WebAnswer = boolean | string | WebUser | null | undefined;

/**
 * Authenticates a client. `true` accepts it. A string accepts it and is its user id. A {@link WebUser} accepts it and says who it is,
 * for how long and at which paths. `false` and `undefined` refuse it, and so does anything else: an empty string, an exception, a
 * Promise that rejects or does not settle within `handshakeTimeoutMs`.
 */
export type AuthenticateWeb = (who: WebCredentials) => WebAnswer | PromiseLike<WebAnswer>;
