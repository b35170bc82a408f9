import { closestName } from '../basics/closestName.js';
import { redacted } from '../basics/redacted.js';
import { OptionError } from '../errors.js';
import { isBoolean, type Rule, type Rules } from '../options/rules.js';
import type { NatsTls } from '../driver/NatsSettings.js';

/** What only `nats://` endpoints have: who this is, and how the connection is secured. User and password stand in the endpoint. */
export interface NatsOptions {
  /** A token that the server knows. */
  readonly token?: string | undefined;
  /** The seed of an nkey, `SU...`. */
  readonly nkey?: string | undefined;
  /** A credentials file (user JWT and seed): its path, or what it says. */
  readonly credentials?: string | undefined;
  /** Asks for TLS: `true`, or with certificates of one's own. @default as the server has it */
  readonly tls?: boolean | NatsTls | undefined;
  /** `reply` only: those that say the same name share the requests, each of which goes to one of them. @default each gets all */
  readonly queue?: string | undefined;
}

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
const isTls: Rule = (value) => {
  if (typeof value !== 'boolean') checkGroup('tls', value, tlsRules);
  return undefined;
};
const natsRules: Rules = { token: isText, nkey: isText, credentials: isText, tls: isTls, queue: isName };

/**
 * The rule of option `nats`. What may be a secret is in no error: not in its text, and not as its value.
 *
 * @throws OptionError itself, where other rules give a text, which would go with the value
 */
export const isNatsOptions: Rule = (value) => {
  checkGroup('nats', value, natsRules);
  return undefined;
};

function checkGroup(option: string, value: unknown, rules: Rules): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(option, redacted(value), `option '${option}' must be an object, got ${redacted(value)}`);
  }
  for (const [name, given] of Object.entries(value)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      const meant = closestName(name, Object.keys(rules));
      const hint = meant === undefined ? `it knows ${Object.keys(rules).join(', ')}` : `did you mean '${meant}'?`;
      throw new OptionError(name, redacted(given), `option '${option}': unknown option '${name}'; ${hint}`);
    }
    const expected = given === undefined ? undefined : rule(given);
    if (expected !== undefined) {
      const text = `option '${option}': '${name}' must be ${expected}, got ${redacted(given)}`;
      throw new OptionError(name, redacted(given), text);
    }
  }
}
