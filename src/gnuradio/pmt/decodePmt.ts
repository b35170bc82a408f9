import { CodecError } from '../../errors.js';
import { checkOptions } from '../../options/rules.js';
import { describe } from '../../basics/describe.js';
import { dialectRules, isDialect } from './dialects.js';
import { PmtReader } from './PmtReader.js';
import type { Pmt, PmtOptions } from './types.js';

/**
 * Decodes the bytes of a PMT to its value. An encoded value decodes to the same value, except for values with the same bytes: an
 * empty list or dict becomes `null`, and a pair whose second value is a list becomes a longer list.
 *
 * Stricter than GNU Radio: it throws if bytes are missing, and if bytes are left.
 *
 * @param bytes one serialized PMT
 * @param options which release of GNU Radio wrote them
 * @throws CodecError if the bytes are not a PMT.
 * @throws OptionError if the dialect is unknown.
 * @example
 * ```ts
 * const value = decodePmt(Uint8Array.of(2, 0, 2, 0x6f, 0x6b)); // 'ok'
 * ```
 */
export function decodePmt(bytes: Uint8Array, options: PmtOptions = {}): Pmt {
  checkOptions('decodePmt', options, { dialect: isDialect });
  if (!ArrayBuffer.isView(bytes) || bytes[Symbol.toStringTag] !== 'Uint8Array') {
    throw new CodecError(`PMT: its bytes must be a Uint8Array, not ${describe(bytes)}`);
  }
  const reader = new PmtReader(bytes, 0, dialectRules(options.dialect));
  const value = reader.read();
  if (reader.left > 0) throw new CodecError(`PMT: ${reader.left} bytes are left after the value`);
  return value;
}
