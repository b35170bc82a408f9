import { decodeZ85 } from '../basics/z85.js';
import { OptionError } from '../errors.js';
import { redacted } from '../basics/redacted.js';

const KEY_BYTES = 32;
const KEY_CHARACTERS = 40;

/**
 * The 32 bytes of a key, as a copy.
 *
 * @throws OptionError if it is not a key; neither its text nor its value show the key
 */
export function requireKey(of: string, name: string, key: unknown): Uint8Array {
  if (key instanceof Uint8Array && key.length === KEY_BYTES) return Uint8Array.from(key);
  const bytes = typeof key === 'string' && key.length === KEY_CHARACTERS ? decodeZ85(key) : undefined;
  if (bytes !== undefined) return bytes;
  const got = redacted(key);
  const expected = `${KEY_BYTES} bytes or ${KEY_CHARACTERS} characters of Z85`;
  throw new OptionError(name, got, `${of} must be ${expected}, got ${got}`);
}
