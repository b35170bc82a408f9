import { utf8Of } from '../basics/utf8.js';
import { parseAddressRange } from '../engine/carriers/node/addressRanges.js';
import { publicKeyOf } from '../engine/carriers/node/keyBytes.js';
import { OptionError } from '../errors.js';
import { requireKey } from '../security/requireKey.js';
import { redacted } from '../basics/redacted.js';
import { sameBytes } from '../basics/bytes.js';
import { closestName } from '../basics/closestName.js';
import { ARGUMENT, type Place, type Rule } from '../options/rules.js';
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
export const isSecurity: Rule = (value, at = ARGUMENT) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OptionError(
      at.path,
      redacted(value),
      `${at.of}: option '${at.path}' must be an object with a mechanism, got ${redacted(value)}`,
    );
  }
  const { mechanism, ...fields } = value as Fields;
  if (mechanism !== 'null' && mechanism !== 'plain' && mechanism !== 'curve') {
    const meant = typeof mechanism === 'string' ? closestName(mechanism, Object.keys(NAMES)) : undefined;
    const hint = meant === undefined ? '' : ` (did you mean '${meant}'?)`;
    fail(at, 'mechanism', mechanism, `must be 'null', 'plain' or 'curve'${hint}, got ${describe(mechanism)}`);
  }
  checkNames(at, mechanism, fields);
  if (mechanism === 'plain') checkPlain(at, fields);
  else if (mechanism === 'curve') checkCurve(at, fields);
  if (fields['authenticate'] !== undefined && typeof fields['authenticate'] !== 'function') {
    failField(at, 'authenticate', fields, 'a function');
  }
  for (const name of LISTS) checkRanges(at, name, fields[name]);
  return undefined;
};

function checkNames(at: Place, mechanism: keyof typeof NAMES, fields: Fields): void {
  const known = NAMES[mechanism];
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || known.includes(name)) continue;
    const meant = closestName(name, known);
    const hint = meant === undefined ? `'${mechanism}' knows ${known.join(', ')}` : `did you mean '${meant}'?`;
    const path = `${at.path}.${name}`;
    throw new OptionError(path, redacted(value), `${at.of}: unknown option '${path}'; ${hint}`);
  }
}

function checkPlain(at: Place, fields: Fields): void {
  if (fields['username'] === undefined && fields['password'] === undefined) {
    if (fields['authenticate'] !== undefined) return;
    fail(
      at,
      'username',
      undefined,
      "must be a text where the mechanism is 'plain', and password too; or, for a server, authenticate a function",
    );
  }
  refuseTogether(at, 'username', 'password', fields);
  for (const name of ['username', 'password']) {
    const value = fields[name];
    const bytes = typeof value === 'string' ? utf8Of(value).length : 0;
    if (bytes > 0 && bytes <= MAX_CREDENTIAL_BYTES) continue;
    failField(at, name, fields, `a text of 1 to ${MAX_CREDENTIAL_BYTES} bytes in UTF-8`);
  }
}

function checkCurve(at: Place, fields: Fields): void {
  const { serverKey, publicKey, secretKey } = fields;
  if (serverKey === undefined) {
    if (publicKey !== undefined) {
      fail(at, 'publicKey', redacted(publicKey), "is a client's, but there is no serverKey, which a client needs");
    }
    keyOf(at, 'secretKey', secretKey);
    return;
  }
  refuseTogether(at, 'serverKey', 'serverKey', fields);
  keyOf(at, 'serverKey', serverKey);
  if (publicKey === undefined && secretKey === undefined) return;
  const secret = keyOf(at, 'secretKey', secretKey);
  if (publicKey === undefined || sameBytes(keyOf(at, 'publicKey', publicKey), publicKeyOf(secret))) return;
  fail(at, 'publicKey', redacted(publicKey), 'does not belong to the secretKey');
}

/** A client does not authenticate peers as well. */
function refuseTogether(at: Place, first: string, second: string, fields: Fields): void {
  const asking = ASKING.find((name) => fields[name] !== undefined);
  if (asking === undefined) return;
  const mine = fields[first] === undefined ? second : first;
  fail(at, asking, redacted(fields[asking]), `is a server's, but ${mine}, which is a client's, is set too`);
}

function checkRanges(at: Place, name: string, list: unknown): void {
  if (list === undefined) return;
  if (!Array.isArray(list)) failField(at, name, { [name]: list }, 'an array of IP addresses and networks');
  const strange: unknown = (list as unknown[]).find(
    (range) => typeof range !== 'string' || parseAddressRange(range) === undefined,
  );
  if (strange === undefined && !(list as unknown[]).includes(undefined)) return;
  const example = "such as '10.1.2.3', '10.0.0.0/8' or 'fd00::/8'";
  fail(at, name, strange, `must contain IP addresses and networks only, ${example}, got ${describe(strange)}`);
}

function keyOf({ of, path }: Place, name: string, key: unknown): Uint8Array {
  return requireKey(`${of}: option '${path}.${name}'`, `${path}.${name}`, key);
}

function failField(at: Place, name: string, fields: Fields, expected: string): never {
  const got = redacted(fields[name]);
  fail(at, name, got, `must be ${expected}, got ${got}`);
}

function fail({ of, path }: Place, name: string, value: unknown, text: string): never {
  throw new OptionError(`${path}.${name}`, value, `${of}: option '${path}.${name}' ${text}`);
}
