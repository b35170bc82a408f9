import { describe } from '../../basics/describe.js';
import type { Rule } from '../../options/rules.js';

/** The pages that may connect, by the origin that their browser sends. */
export type Origins = readonly string[] | 'any' | ((origin: string) => boolean);

/** The rule of option `origins`. */
export const isOrigins: Rule = (value) => {
  const expected = "an array of origins such as 'https://scope.example', 'any', or a function";
  if (value === 'any' || typeof value === 'function') return undefined;
  if (!Array.isArray(value)) return expected;
  const strange: unknown = (value as unknown[]).find((origin) => !isOrigin(origin));
  if (strange === undefined && !value.includes(undefined)) return undefined;
  return `${expected}; ${describe(strange)} is no origin: scheme and host, the port if it is not the usual one, and no path`;
};

/** Returns the test of origins. Without the option only pages of this machine are accepted, from any port. */
export function originTest(origins: Origins | undefined): (origin: string) => boolean {
  if (origins === 'any') return () => true;
  if (typeof origins === 'function') return (origin) => saysYes(origins, origin);
  if (origins === undefined) return isLoopback;
  const list = new Set(origins);
  return (origin) => list.has(origin);
}

/** Only `true` accepts an origin: an exception or another result refuses it. */
function saysYes(test: (origin: string) => boolean, origin: string): boolean {
  try {
    const answer: unknown = test(origin);
    return answer === true; // a Promise does not accept it
  } catch {
    return false;
  }
}

/** The hosts that are exactly this machine: another name that resolves to it may belong to anyone. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

function isLoopback(origin: string): boolean {
  return isOrigin(origin) && LOOPBACK.has(new URL(origin).hostname);
}

function isOrigin(value: unknown): value is string {
  if (typeof value !== 'string' || !/^[a-z][a-z0-9+.-]*:\/\/[^*]+$/.test(value)) return false;
  const { protocol, host } = parsed(value);
  return host !== '' && value === `${protocol}//${host}`;
}

function parsed(url: string): { readonly protocol: string; readonly host: string } {
  try {
    return new URL(url);
  } catch {
    return { protocol: '', host: '' };
  }
}
