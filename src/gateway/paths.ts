import { describe } from '../basics/describe.js';
import { OptionError } from '../errors.js';

const MAX_TOLD = 200;

/**
 * Checks that a browser can request a path in exactly this form.
 *
 * @throws OptionError
 */
export function requirePath(of: string, path: unknown): asserts path is string {
  const fail = (expected: string): never => {
    throw new OptionError('path', path, `${of}: path must be ${expected}, got ${describe(path)}`);
  };
  if (typeof path !== 'string' || !path.startsWith('/')) return fail("a text that begins with '/', such as '/iq'");
  if (/[?#]/.test(path)) return fail('without a query');
  const { pathname } = new URL(`http://host${path}`);
  if (pathname !== path) return fail(`as it stands in a URL, ${describe(pathname)}`);
}

/** A path as in statuses. */
export function shortPath(path: string): string {
  return path.slice(0, MAX_TOLD);
}
