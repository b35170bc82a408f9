import { OptionError } from '../errors.js';
import { redacted } from '../basics/redacted.js';
import { aside } from '../demand/aside.js';
import type { WebSettings } from '../driver/SocketSettings.js';
import { ARGUMENT, isInteger, type Rule, type Rules } from '../options/rules.js';

/** A longer token does not fit into a header. */
const MAX_TOKEN_CHARS = 4096;

/** Options of sockets that connect to a gateway. */
export interface WebOptions {
  /**
   * Authenticates to a gateway. A function is called for each connection, and may return a Promise. 1 to 4096 characters. Only
   * over `wss://`, `ws://` and `/path`. Native: none.
   */
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  /**
   * How many bytes may have arrived without being read; the gateway sends no more. Set it to the round-trip time in seconds
   * times the bytes a second that you need, or more. Only over `wss://`, `ws://` and `/path`. @default 1,048,576 (1 MiB)
   */
  readonly windowBytes?: number | undefined;
}

/** @throws OptionError itself: a token must not appear in an error */
const isToken: Rule = (value, { of, path } = ARGUMENT) => {
  if (typeof value === 'function') return undefined;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_TOKEN_CHARS) return undefined;
  const got = redacted(value);
  throw new OptionError(
    path,
    got,
    `${of}: option '${path}' must be a text of 1 to ${MAX_TOKEN_CHARS} characters, or a function that gives one, got ${got}`,
  );
};

/** The rules for {@link WebOptions}. */
export const webRules: Rules = { token: isToken, windowBytes: isInteger(65_536, 64 * 1024 * 1024) };

/** The settings of the drivers for them. */
export function webSettings({ token, windowBytes }: WebOptions): WebSettings | undefined {
  if (token === undefined && windowBytes === undefined) return undefined;
  return { token: typeof token === 'function' ? () => aside(undefined, token) : token, windowBytes };
}

/** @throws OptionError if one of them is set and no endpoint connects to a gateway */
export function requireWeb(of: string, options: WebOptions): void {
  const name = options.token !== undefined ? 'token' : options.windowBytes !== undefined ? 'windowBytes' : undefined;
  if (name === undefined) return;
  const value = name === 'token' ? redacted(options.token) : options.windowBytes;
  throw new OptionError(
    name,
    value,
    `${of}: option '${name}' is for endpoints such as 'wss://host/path', and none of these is one`,
  );
}
