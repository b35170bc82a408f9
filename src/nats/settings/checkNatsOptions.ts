import { closestName } from '../../basics/closestName.js';
import { redacted } from '../../basics/redacted.js';
import { OptionError } from '../../errors.js';
import { ARGUMENT, isBoolean, type Rule, type Rules } from '../../options/rules.js';

const isText: Rule = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a text');
const isName: Rule = (value) =>
  typeof value === 'string' && /^[^\s*>]+$/.test(value) ? undefined : 'a name without spaces, * and >';

const tlsRules: Rules = {
  ca: isText,
  caFile: isText,
  cert: isText,
  certFile: isText,
  key: isText,
  keyFile: isText,
  handshakeFirst: isBoolean,
};
const isTls: Rule = (value, { of, path } = ARGUMENT) => {
  if (typeof value !== 'boolean') checkGroup(of, path, value, tlsRules);
  return undefined;
};
const natsRules: Rules = { token: isText, nkey: isText, credentials: isText, tls: isTls, queue: isName };

/**
 * Checks option `nats`. Errors never contain anything that may be a secret, neither in the text nor as the value.
 *
 * @throws OptionError
 */
export function checkNatsOptions(of: string, value: unknown): void {
  checkGroup(of, 'nats', value, natsRules);
}

function checkGroup(of: string, option: string, value: unknown, rules: Rules): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const got = redacted(value);
    throw new OptionError(option, got, `${of}: option '${option}' must be an object, got ${got}`);
  }
  for (const [name, given] of Object.entries(value)) {
    const path = `${option}.${name}`;
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const meant = closestName(name, Object.keys(rules));
      const hint = meant === undefined ? `it knows ${Object.keys(rules).join(', ')}` : `did you mean '${meant}'?`;
      throw new OptionError(path, redacted(given), `${of}: unknown option '${path}'; ${hint}`);
    }
    const expected = given === undefined ? undefined : rule(given, { of, path });
    if (expected !== undefined) {
      const got = redacted(given);
      throw new OptionError(path, got, `${of}: option '${path}' must be ${expected}, got ${got}`);
    }
  }
}
