import { OptionError } from '../errors.js';
import { LONGEST_DELAY_MS } from '../time/Clock.js';
import { closestName } from '../basics/closestName.js';
import { describe } from '../basics/describe.js';
import { redacted } from '../basics/redacted.js';

/** Names of options that may contain a secret by mistake. Errors end up in logs, with all their fields. */
const MAY_HOLD_SECRETS = /secur|secret|pass|key|auth|curve|plain|token/i;

/** The place of an option, for error texts. */
export interface Place {
  /** The function that has it. */
  readonly of: string;
  /** Its name; behind the names of the options that it is in: `'security.mechanism'`. */
  readonly path: string;
}

/** Returns what an option must be, or nothing if the value is valid. */
export type Rule = (value: unknown, at?: Place) => string | undefined;

/** The place of a value that is not an option. */
export const ARGUMENT: Place = { of: 'arguments', path: 'value' };

/** A rule for each option of a function. */
export type Rules = Readonly<Record<string, Rule>>;

/**
 * Checks an options object at the call.
 *
 * @param within the option that the object is the value of; `''`: none
 * @throws OptionError for an unknown name (with the closest known name), a wrong type or range
 */
export function checkOptions(of: string, options: unknown, rules: Rules, within = ''): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new OptionError('options', options, `${of}: options must be an object, got ${describe(options)}`);
  }
  for (const [name, value] of Object.entries(options)) {
    const path = within === '' ? name : `${within}.${name}`;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const meant = closestName(name, Object.keys(rules));
      const hint = meant === undefined ? `it knows ${Object.keys(rules).join(', ')}` : `did you mean '${meant}'?`;
      const given: unknown = MAY_HOLD_SECRETS.test(name) ? redacted(value) : value;
      throw new OptionError(path, given, `${of}: unknown option '${path}'; ${hint}`);
    }
    const expected = value === undefined ? undefined : rule(value, { of, path });
    if (expected !== undefined) {
      throw new OptionError(path, value, `${of}: option '${path}' must be ${expected}, got ${describe(value)}`);
    }
  }
}

export const isBoolean: Rule = (value) => (typeof value === 'boolean' ? undefined : 'a boolean');

export const isFunction: Rule = (value) => (typeof value === 'function' ? undefined : 'a function');

export const isInteger =
  (least: number, most: number = Number.MAX_SAFE_INTEGER): Rule =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
      ? undefined
      : `an integer from ${least} to ${most}`;

export const isInfinity: Rule = (value) => (value === Infinity ? undefined : 'Infinity');

/** A frequency or rate is a number, finite or not, but not NaN. */
export const isNumber: Rule = (value) =>
  typeof value === 'number' && !Number.isNaN(value) ? undefined : 'a number (not NaN)';

/** A duration in ms that timers accept. */
export const isDuration =
  (least: number): Rule =>
  (value) =>
    typeof value === 'number' && value >= least && value <= LONGEST_DELAY_MS
      ? undefined
      : `a number of milliseconds from ${least} to ${LONGEST_DELAY_MS}`;

/** A duration in ms that may also be `Infinity`. */
export const isPatience =
  (least: number): Rule =>
  (value, at) =>
    value === Infinity || isDuration(least)(value, at) === undefined
      ? undefined
      : `a number of milliseconds from ${least} to ${LONGEST_DELAY_MS}, or Infinity`;

export const isOneOf =
  (...values: readonly string[]): Rule =>
  (value) => {
    if (values.includes(value as string)) return undefined;
    const meant = typeof value === 'string' ? closestName(value, values) : undefined;
    return values.map((v) => `'${v}'`).join(' or ') + (meant === undefined ? '' : ` (did you mean '${meant}'?)`);
  };

/** Valid if one of the rules accepts the value. */
export const isEither =
  (...rules: readonly Rule[]): Rule =>
  (value, at) => {
    const expected = rules.map((rule) => rule(value, at));
    return expected.includes(undefined) ? undefined : expected.join(', or ');
  };

export const isSignal: Rule = (value) =>
  typeof (value as Partial<AbortSignal> | null)?.addEventListener === 'function' ? undefined : 'an AbortSignal';

export const isDemand: Rule = (value) =>
  value === null || typeof (value as { hasRoom?: unknown }).hasRoom === 'function'
    ? undefined
    : 'what demand() gives, or null';

/**
 * An object with options of its own.
 *
 * @throws OptionError itself for one of those
 */
export const isGroup =
  (rules: Rules): Rule =>
  (value, { of, path } = ARGUMENT) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object';
    checkOptions(of, value, rules, path);
    return undefined;
  };
