import { pageOrigin } from '../../browser/pageOrigin.js';
import { OptionError } from '../../errors.js';
import { describe } from '../../basics/describe.js';
import { webFault } from '../../driver/webEndpoints.js';
import type { Rule } from '../../options/rules.js';

/** What may be a base URL: `wss://host`, `ws://host`, a path on the page's host, or nothing, each without a query. */
export const isBaseUrl: Rule = (value) => {
  const expected = "a URL such as 'wss://radio.example/base', or a path such as '/base', without a query";
  if (value === '') return undefined;
  if (typeof value !== 'string' || !/^(wss?:\/)?\//.test(value) || value.includes('?')) return expected;
  return webFault(value) === false ? undefined : expected;
};

/** @throws OptionError if a function gave no base URL */
export function checkedBase(url: unknown): string {
  const expected = isBaseUrl(url);
  if (expected === undefined) return (url as string).replace(/\/+$/, '');
  throw new OptionError(
    'url',
    url,
    `provideRxzmq: the function of option 'url' must give ${expected}, got ${describe(url)}`,
  );
}

/** An endpoint as the socket needs it: a path follows the base URL; everything else is whole already. */
export function addressed(base: string, endpoint: unknown): unknown {
  return typeof endpoint === 'string' && /^\/(?!\/)/.test(endpoint) ? base + endpoint : endpoint;
}

/** Whether an endpoint is on the host of the base URL, by default that of the page. The token is for no other host. */
export function isOwn(base: string, endpoint: unknown): boolean {
  if (typeof endpoint !== 'string') return false;
  if (endpoint.startsWith('/')) return true;
  const own = originOf(base === '' || base.startsWith('/') ? pageOrigin()?.replace(/^http/, 'ws') : base);
  return own !== undefined && own === originOf(endpoint);
}

function originOf(url: string | undefined): string | undefined {
  return url !== undefined && /^wss?:/.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
}
