import { encodeParts } from '../frame/encodeParts.js';
import { frame } from '../frame/frame.js';
import type { FrameStamp } from '../frame/FrameStamp.js';
import type { Frame, FrameInput } from '../frame/types.js';
import type { Codec } from './Codec.js';
import { sigsReading } from './sigsReading.js';

/**
 * SIGS signal frames, doppler's wire: a header of 96 bytes and a payload of samples. The default codec of sources and sinks.
 *
 * Both directions throw FrameError; its `fault` says why. `encode` turns a bare array into a Frame by {@link frame}; in a sink it has been
 * stamped before. Samples are not copied in either direction.
 *
 * @example
 * ```ts
 * const again = sigs.decode(sigs.encode(frame(new Int16Array([1, 0, 0, 1]))));
 * ```
 */
export const sigs: Codec<Frame, FrameInput> = /* @__PURE__ */ Object.assign(sigsReading, {
  encode(value: FrameInput) {
    if (!ArrayBuffer.isView(value)) return encodeParts(value);
    return encodeParts(frame(value as Float32Array)); // or of another class, which `frame` converts or refuses
  },
  prepare: (value: FrameInput, stamp: FrameStamp): Frame => stamp(value),
});
