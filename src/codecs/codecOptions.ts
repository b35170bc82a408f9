import type { Codec } from '../codecs/Codec.js';
import { isSigs } from './sigsReading.js';
import { OptionError } from '../errors.js';
import type { Rule } from '../options/rules.js';

export const isCodec: Rule = (value) => {
  const { encode, decode } = (value ?? {}) as Partial<Codec<unknown>>;
  return typeof encode === 'function' && typeof decode === 'function'
    ? undefined
    : "a codec: an object with encode and decode (json and topic are functions that make one: 'json()')";
};

/** Options that apply only to Frames. */
const FRAME_OPTIONS = ['sampleType', 'loans', 'sampleRate', 'centerFreq', 'streamId', 'flags', 'timestamp', 'sequence'];

/**
 * Refuses options that do not apply to the codec.
 *
 * @throws OptionError
 */
export function checkCodecOptions(
  of: string,
  options: object,
  codec: Codec<unknown, never, unknown>,
  { topical }: { readonly topical: boolean },
): void {
  const given = options as Record<string, unknown>;
  if (topical && given['topics'] !== undefined && codec.topicFirst === false) {
    throw new OptionError(
      'topics',
      given['topics'],
      `${of}: option 'topics' needs a codec whose first part is the topic: topic(...) or raw`,
    );
  }
  if (isSigs(codec)) return;
  if (typeof given['zeroCopy'] === 'function' && codec.subjects !== 'dpstream') {
    throw new OptionError(
      'zeroCopy',
      given['zeroCopy'],
      `${of}: option 'zeroCopy' takes a function only with the sigs codec`,
    );
  }
  if (codec.prepare !== undefined) return;
  const useless = FRAME_OPTIONS.find((name) => given[name] !== undefined);
  if (useless !== undefined) {
    throw new OptionError(useless, given[useless], `${of}: option '${useless}' is for Frames; this codec makes none`);
  }
}
