import type { Codec } from '../codecs/Codec.js';
import { createStamp, type StampSettings } from '../frame/createStamp.js';
import type { Clock } from '../time/Clock.js';

/** Returns the function that completes the values of one sending socket before they are encoded, with a stamp of its own. */
export function preparer(codec: Codec<unknown>, stamp: StampSettings, clock: Clock): (value: unknown) => unknown {
  const prepare = codec.prepare?.bind(codec);
  const stamped = createStamp(stamp, () => clock.wallNs());
  return prepare ? (value) => prepare(value, stamped) : (value) => value;
}
