import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A request to upgrade, from the server. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** The bytes after the request. */
  readonly head: Buffer;
  /** The path of the URL, not decoded and without its query. */
  readonly path: string;
}

/** The path of a request URL, unchanged. */
export function pathOf(url = '/'): string {
  const [withoutQuery = ''] = url.split(/[?#]/, 1);
  return /^https?:\/\/[^/]*(\/.*)?$/i.exec(withoutQuery)?.[1] ?? withoutQuery; // a client may send the complete URL
}
