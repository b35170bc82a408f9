import type { Codec } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';
import type { OpenSettings } from '../driver/Driver.js';

/** What messages mean where nothing else is said: SIGS frames, or what the driver has them be. */
export function defaultCodec({ driver }: OpenSettings): Codec<unknown> {
  return driver.codec ?? sigs;
}
