import type { IncomingHttpHeaders } from 'node:http';

/** What `authenticate` of a gateway sees of a client. */
export interface WebCredentials {
  readonly mechanism: 'web';
  /** The token it brings; `undefined`: none. */
  readonly token?: string | undefined;
  /** Which page it comes from, as its browser says; any other program can say anything. `undefined`: it says nothing, so it is no browser. */
  readonly origin?: string | undefined;
  /** Its IP address: its own, or the one a proxy of `trustProxy` says; IPv4 always as `127.0.0.1`. */
  readonly address: string;
  /** The path it asks for, as it stands in the URL. */
  readonly path: string;
  /** The headers of its request, such as `cookie`; without the one that holds the token. */
  readonly headers: IncomingHttpHeaders;
}

/** Who a client is, and how far that goes. */
export interface WebUser {
  /** Stands in statuses, and goes to the page; not empty. */
  readonly userId: string;
  /** Until when, in ms as `Date.now()` gives them: then the client is closed with 4401, and comes again with a new token. @default for ever */
  readonly expiresAt?: number | undefined;
  /** The only paths it may have; elsewhere it is closed with 4403. @default all */
  readonly paths?: readonly string[] | undefined;
}

/** What `authenticate` may say. */
export type WebAnswer = boolean | string | WebUser | null | undefined;

/**
 * May this client come in? `true`: yes. A text: yes, and that is who it is. A {@link WebUser}: yes, and that is who it is, for how long
 * and where. `false` and nothing are a no, and so is anything else: an empty text, a throw, a Promise that rejects or does not settle within
 * `handshakeTimeoutMs`.
 */
export type AuthenticateWeb = (who: WebCredentials) => WebAnswer | PromiseLike<WebAnswer>;
