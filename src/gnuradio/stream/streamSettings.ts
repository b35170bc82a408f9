import { checkOptions, isBoolean, isEither, isInteger, isNumber, isOneOf, type Rule } from '../../options/rules.js';
import { type DialectRules, dialectRules, isDialect } from '../pmt/dialects.js';
import { MAX_SYMBOL_BYTES } from '../pmt/wire.js';
import { isComplex, isItemType, itemType, type ItemTypeInfo } from './itemTypes.js';
import type { GnuRadioOptions } from './types.js';

/** The options of the codec of a stream, checked and complete. */
export interface StreamSettings {
  readonly type: ItemTypeInfo;
  /** The number of elements of an item, each of which may be complex. */
  readonly vlen: number;
  /** Bytes of an item. */
  readonly itemBytes: number;
  /** Whether its messages are Frames. */
  readonly isFrames: boolean;
  readonly tags: 'auto' | boolean;
  readonly key: string | undefined;
  readonly sampleRate: number;
  readonly centerFreq: number;
  readonly rules: DialectRules;
}

/** The size limit of an item: a larger one could not be sent. */
const MAX_VLEN = 2 ** 24;

const isKey: Rule = (value) =>
  typeof value === 'string' &&
  new TextEncoder().encode(value).length <= MAX_SYMBOL_BYTES &&
  !/\p{Surrogate}/u.test(value)
    ? undefined
    : `a string of at most ${MAX_SYMBOL_BYTES} bytes`;

const streamRules = {
  type: isItemType,
  vlen: isInteger(1, MAX_VLEN),
  tags: /* @__PURE__ */ isEither(/* @__PURE__ */ isOneOf('auto'), isBoolean),
  sampleRate: isNumber,
  centerFreq: isNumber,
  dialect: isDialect,
};

/**
 * Checks the options of a stream's codec, and fills in the defaults.
 *
 * @throws OptionError
 */
export function streamSettings(
  of: 'gnuradio' | 'gnuradio.request' | 'gnuradio.reply',
  options: GnuRadioOptions,
): StreamSettings {
  checkOptions(of, options, of === 'gnuradio' ? { ...streamRules, key: isKey } : streamRules);
  const { type = 'cf32', vlen = 1, tags = 'auto', key = '', sampleRate = 0, centerFreq = 0, dialect } = options;
  const info = itemType(type);
  return {
    type: info,
    vlen,
    itemBytes: info.bytes * vlen,
    isFrames: vlen === 1 && isComplex(type),
    tags,
    key: key === '' ? undefined : key, // as in GNU Radio
    sampleRate,
    centerFreq,
    rules: dialectRules(dialect),
  };
}
