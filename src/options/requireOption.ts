import { OptionError } from '../errors.js';
import type { Rule } from './rules.js';
import { describe } from '../basics/describe.js';

/**
 * Checks an argument that has a place of its own.
 *
 * @throws OptionError
 */
export function requireOption(of: string, name: string, value: unknown, rule: Rule): void {
  const expected = rule(value);
  if (expected !== undefined)
    throw new OptionError(name, value, `${of}: ${name} must be ${expected}, got ${describe(value)}`);
}
