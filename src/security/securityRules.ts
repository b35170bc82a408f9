import { parseAddressRange } from '../engine/carriers/node/addressRanges.js';
import { publicKeyOf } from '../engine/carriers/node/keyBytes.js';
import { OptionError } from '../errors.js';
import { requireKey } from '../security/requireKey.js';
import { redacted } from '../basics/redacted.js';
import { sameBytes } from '../basics/bytes.js';
import { closestName } from '../basics/closestName.js';
import type { Rule } from '../options/rules.js';
import { describe } from '../basics/describe.js';

const MAX_CREDENTIAL_BYTES = 255;
const LISTS = ['allow', 'deny'];
const NAMES = {
  null: ['authenticate', ...LISTS],
  plain: ['username', 'password', 'authenticate', ...LISTS],
  curve: ['serverKey', 'publicKey', 'secretKey', 'authenticate', ...LISTS],
} as const;
/** Options that only a server has. */
const ASKING = ['authenticate', ...LISTS];

type Fields = Readonly<Record<string, unknown>>;

/**
 * The rule of option `security`. Possible secrets are never in an error, neither in its text nor in its value.
 *
 * @throws OptionError itself; other rules return a text, and their error would contain the value
 */
export const isSecurity: Rule = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fail('security', redacted(value), `must be an object with a mechanism, got ${redacted(value)}`);
  }
  const { mechanism, ...fields } = value as Fields;
  if (mechanism !== 'null' && mechanism !== 'plain' && mechanism !== 'curve') {
    const meant = typeof mechanism === 'string' ? closestName(mechanism, Object.keys(NAMES)) : undefined;
    const hint = meant === undefined ? '' : ` (did you mean '${meant}'?)`;
    fail(
      'mechanism',
      mechanism,
      `must have the mechanism 'null', 'plain' or 'curve'${hint}, got ${describe(mechanism)}`,
    );
  }
  checkNames(mechanism, fields);
  if (mechanism === 'plain') checkPlain(fields);
  else if (mechanism === 'curve') checkCurve(fields);
  if (fields['authenticate'] !== undefined && typeof fields['authenticate'] !== 'function') {
    failField('authenticate', fields, 'a function');
  }
  for (const name of LISTS) checkRanges(name, fields[name]);
  return undefined;
};

function checkNames(mechanism: keyof typeof NAMES, fields: Fields): void {
  const known = NAMES[mechanism];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || known.includes(name)) continue;
    const meant = closestName(name, known);
    const hint = meant === undefined ? `'${mechanism}' knows ${known.join(', ')}` : `did you mean '${meant}'?`;
    fail(name, redacted(value), `has the unknown option '${name}'; ${hint}`);
  }
}

function checkPlain(fields: Fields): void {
  if (fields['username'] === undefined && fields['password'] === undefined) {
    if (fields['authenticate'] !== undefined) return;
    fail('security', 'an object', "must have username and password, or authenticate, where its mechanism is 'plain'");
  }
  refuseTogether('username', 'password', fields);
  for (const name of ['username', 'password']) {
    const value = fields[name];
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value).length : 0;
    if (bytes > 0 && bytes <= MAX_CREDENTIAL_BYTES) continue;
    failField(name, fields, `a text of 1 to ${MAX_CREDENTIAL_BYTES} bytes in UTF-8`);
  }
}

function checkCurve(fields: Fields): void {
  const { serverKey, publicKey, secretKey } = fields;
  if (serverKey === undefined) {
    if (publicKey !== undefined) {
      fail(
        'publicKey',
        redacted(publicKey),
        "has a publicKey, which is a client's, and no serverKey, which a client needs",
      );
    }
    keyOf('secretKey', secretKey);
    return;
  }
  refuseTogether('serverKey', 'serverKey', fields);
  keyOf('serverKey', serverKey);
  if (publicKey === undefined && secretKey === undefined) return;
  const secret = keyOf('secretKey', secretKey);
  if (publicKey === undefined || sameBytes(keyOf('publicKey', publicKey), publicKeyOf(secret))) return;
  fail('publicKey', redacted(publicKey), 'has a publicKey that does not belong to its secretKey');
}

/** A client does not authenticate peers as well. */
function refuseTogether(first: string, second: string, fields: Fields): void {
  const asking = ASKING.find((name) => fields[name] !== undefined);
  if (asking === undefined) return;
  const mine = fields[first] === undefined ? second : first;
  fail(asking, redacted(fields[asking]), `has both ${mine}, which is a client's, and ${asking}, which is a server's`);
}

function checkRanges(name: string, list: unknown): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) failField(name, { [name]: list }, 'an array of IP addresses and networks');
  const strange: unknown = (list as unknown[]).find(
    (range) => typeof range !== 'string' || parseAddressRange(range) === undefined,
  );
  if (strange === undefined && !(list as unknown[]).includes(undefined)) return;
  const example = "such as '10.1.2.3', '10.0.0.0/8' or 'fd00::/8'";
  fail(name, strange, `must have in ${name} IP addresses and networks, ${example}, got ${describe(strange)}`);
}

function keyOf(name: string, key: unknown): Uint8Array {
  return requireKey(`option 'security': ${name}`, name, key);
}

function failField(name: string, fields: Fields, expected: string): never {
  const got = redacted(fields[name]);
  throw new OptionError(name, got, `option 'security': ${name} must be ${expected}, got ${got}`);
}

function fail(name: string, value: unknown, text: string): never {
  throw new OptionError(name, value, `option 'security' ${text}`);
}
