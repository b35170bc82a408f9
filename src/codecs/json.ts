import { CodecError, OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import type { Codec } from './Codec.js';
import { onlyPart } from './onlyPart.js';
import { decodeUtf8, encodeUtf8 } from './utf8.js';

/**
 * Messages of one part: JSON in UTF-8.
 *
 * A message that is not JSON, or for which `validate` throws, is invalid (CodecError; `cause` is the reason). `encode` throws a CodecError
 * for values that JSON does not have: `undefined`, a function, a symbol, a bigint, a cycle. Inside objects and arrays it does as
 * `JSON.stringify` does. With topics, use {@link topic}`(json())`.
 *
 * @typeParam T the type of the values; only `validate` checks it
 * @param validate gets the parsed value, and returns the value to emit, or throws
 * @throws OptionError if `validate` is not a function.
 * @example
 * ```ts
 * const codec = json((value) => Quote.parse(value)); // a zod schema, for one
 * ```
 */
export function json<T = unknown>(validate?: (value: unknown) => T): Codec<T> {
  if (validate !== undefined && typeof validate !== 'function') {
    throw new OptionError('validate', validate, `json: validate must be a function, got ${describe(validate)}`);
  }
  return {
    encode: (value) => [encodeUtf8('json: the value', stringify(value))],
    decode(parts) {
      const value = parse(decodeUtf8('json: the message', onlyPart('json', parts)));
      if (validate === undefined) return value as T; // the type is the responsibility of the caller
      try {
        return validate(value);
      } catch (cause) {
        throw new CodecError(`json: validate refused the message: ${messageOf(cause)}`, { cause });
      }
    },
    topicFirst: false,
  };
}

function stringify(value: unknown): string {
  let said: string | undefined; // despite its type, the result is undefined for undefined and functions
  try {
    said = JSON.stringify(value);
  } catch (cause) {
    throw new CodecError(`json: ${describe(value)} cannot be JSON: ${messageOf(cause)}`, { cause });
  }
  if (said === undefined) throw new CodecError(`json: ${describe(value)} cannot be JSON`);
  return said;
}

function parse(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch (cause) {
    throw new CodecError(`json: the message is not JSON: ${messageOf(cause)}`, { cause });
  }
}

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : describe(cause));
