import type { Parts } from '../basics/Parts.js';
import { isSigsHeader } from '../frame/isSigsHeader.js';
import { textLook } from './textLook.js';

/** How many samples are examined. */
const MOST_SAMPLES = 64;
const DPSTREAM = [0x44, 0x50, 0x53, 0x54, 0x52, 0x45, 0x41, 0x4d];

/**
 * Describes a message that its codec could not decode, and names the codec to use.
 *
 * @param isFrames whether SIGS frames were expected: then every known form is tried, otherwise only forms with an unmistakable
 * mark
 */
export function lookOf(parts: Parts, isFrames: boolean): string | undefined {
  const [first, second] = parts;
  if (first === undefined) return undefined;
  if (DPSTREAM.every((byte, i) => first[i] === byte))
    return 'a DPSTREAM frame, as doppler sends from 0.44 on: use the codec dpstream() of rxzmq/nats';
  if (!isFrames) return isSigsHeader(first) && parts.length === 2 ? 'a SIGS frame: use the codec sigs' : undefined;
  if (second !== undefined) {
    const isTopical = parts.length === 3 && isSigsHeader(second);
    return isTopical ? 'a SIGS frame with a topic: use the codec topic(sigs)' : undefined;
  }
  if (first[0] === 0xf0 && first[1] === 0x5f && first[2] === 1) {
    return "GNU Radio's stream with tags: use the codec gnuradio() of rxzmq/gnuradio";
  }
  const text = textLook(first);
  if (text !== undefined) return text;
  if (isSamples(first)) {
    return 'bare samples, as in a stream of GNU Radio without tags: use the codec gnuradio() of rxzmq/gnuradio, or raw';
  }
  return undefined;
}

/** Complex floats of a size that receivers produce: other bytes have exponents of all sizes. */
function isSamples(part: Uint8Array): boolean {
  if (part.length === 0 || part.length % 8 !== 0) return false;
  const view = new DataView(part.buffer, part.byteOffset, part.length);
  for (let at = 0; at < Math.min(part.length, 8 * MOST_SAMPLES); at += 4) {
    const size = Math.abs(view.getFloat32(at, true));
    if (!(size === 0 || (size > 1e-12 && size < 1e9))) return false;
  }
  return true;
}
