import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** A request to upgrade, as the server gave it. */
export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came after the request. */
  readonly head: Buffer;
  /** The URL's path, undecoded and without its query. */
  readonly path: string;
}

/** The path of what a request asks for, as it stands there. */
export function pathOf(url = '/'): string {
  const [withoutQuery = ''] = url.split(/[?#]/, 1);
  return /^https?:\/\/[^/]*(\/.*)?$/i.exec(withoutQuery)?.[1] ?? withoutQuery; // a client may write the whole URL
}
