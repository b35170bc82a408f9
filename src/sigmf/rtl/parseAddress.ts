import { EndpointError } from '../../errors.js';
import { describe } from '../../basics/describe.js';

/** The address of a server. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** For texts. */
  readonly endpoint: string;
}

/** The default port of rtl_tcp. */
const DEFAULT_PORT = 1234;
const FORM = /^(?:tcp:\/\/)?(?:\[([\da-f:.%\w]+)\]|([^\s:/[\]]+))(?::(\d{1,5}))?$/i;

/** Parses `'host:port'`; `tcp://` may precede it, and the default port is 1234. @throws EndpointError */
export function parseAddress(of: string, text: unknown): Address {
  const found = typeof text === 'string' ? FORM.exec(text) : null;
  const host = found?.[1] ?? found?.[2];
  const port = Number(found?.[3] ?? DEFAULT_PORT);
  if (host === undefined || port < 1 || port > 65_535) {
    throw new EndpointError(
      text,
      `${of}: the address must be 'host:port', such as 'localhost:1234', got ${describe(text)}`,
    );
  }
  return { host, port, endpoint: `tcp://${found?.[1] === undefined ? host : `[${host}]`}:${port}` };
}
