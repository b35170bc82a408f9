import { OptionError } from '../errors.js';
import type { Rule } from './rules.js';
import { describe } from '../basics/describe.js';

/**
 * Checks a positional argument.
 *
 * @throws OptionError
 */
export function requireOption(of: string, name: string, value: unknown, rule: Rule): void {
  const expected = rule(value, { of, path: name });
  if (expected !== undefined)
    throw new OptionError(name, value, `${of}: ${name} must be ${expected}, got ${describe(value)}`);
}
