import type { Codec } from '../codecs/Codec.js';
import { sigs } from '../codecs/sigs.js';
import type { OpenSettings } from '../driver/Driver.js';

/** The codec without the `codec` option: that of the driver, if it has one, otherwise SIGS frames. */
export function defaultCodec({ driver }: OpenSettings): Codec<unknown> {
  return driver.codec ?? sigs;
}
