import { OptionError } from '../errors.js';
import { redacted } from '../basics/redacted.js';
import { aside } from '../demand/aside.js';
import type { WebSettings } from '../driver/SocketSettings.js';
import { isInteger, type Rule, type Rules } from '../options/rules.js';

/** A token that stands in a header is no longer than that. */
const MAX_TOKEN_CHARS = 4096;

/** What sockets that connect to a gateway take. */
export interface WebOptions {
  /**
   * Proves to a gateway who this is; a function is asked at each connection, and may promise it. 1 to 4096 characters. Over `wss://`,
   * `ws://` and `/path` alone. Native: none.
   */
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  /**
   * How many bytes may have come and not been read: a gateway sends no more. At least a second of round trip times the rate it is to
   * have. Over `wss://`, `ws://` and `/path` alone. @default 1,048,576 (1 MiB)
   */
  readonly windowBytes?: number | undefined;
}

/** @throws OptionError itself: a token is in no error */
const isToken: Rule = (value) => {
  if (typeof value === 'function') return undefined;
  if (typeof value === 'string' && value !== '' && value.length <= MAX_TOKEN_CHARS) return undefined;
  const got = redacted(value);
  throw new OptionError(
    'token',
    got,
    `option 'token' must be a text of 1 to ${MAX_TOKEN_CHARS} characters, or a function that gives one, got ${got}`,
  );
};

/** The rules for {@link WebOptions}. */
export const webRules: Rules = { token: isToken, windowBytes: isInteger(65_536, 64 * 1024 * 1024) };

/** What drivers are told of them. */
export function webSettings({ token, windowBytes }: WebOptions): WebSettings | undefined {
  if (token === undefined && windowBytes === undefined) return undefined;
  return { token: typeof token === 'function' ? () => aside(undefined, token) : token, windowBytes };
}

/** @throws OptionError where one is given that nothing connects to a gateway for */
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
