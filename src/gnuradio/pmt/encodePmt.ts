import { checkOptions } from '../../options/rules.js';
import { dialectRules, isDialect } from './dialects.js';
import { PmtWriter } from './PmtWriter.js';
import type { PmtInput, PmtOptions } from './types.js';

/**
 * Encodes a value as the bytes of a PMT, as GNU Radio's `serialize` does.
 *
 * @param value a value of the kinds above
 * @param options which release of GNU Radio reads it
 * @throws CodecError for a value that GNU Radio does not have, cannot read, or on which it would crash: an empty tuple, a symbol
 * above 1024 bytes, a bigint above 64 bits, nesting more than 100 deep.
 * @throws OptionError if the dialect is unknown.
 * @example
 * ```ts
 * const bytes = encodePmt({ freq: 433.92e6, gain: 30 });
 * ```
 */
export function encodePmt(value: PmtInput, options: PmtOptions = {}): Uint8Array<ArrayBuffer> {
  checkOptions('encodePmt', options, { dialect: isDialect });
  const writer = new PmtWriter(dialectRules(options.dialect));
  writer.write(value);
  return writer.written.slice();
}
