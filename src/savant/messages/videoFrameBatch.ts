import { requireOption } from '../../options/requireOption.js';
import { type Integer, isInt64, isIterable } from './rules.js';
import type { VideoFrame, VideoFrameBatch } from '../schema/types.js';

/**
 * Makes a batch of frames, each with a number of your choice; a later frame replaces an earlier one with the same number.
 *
 * @param frames pairs of number and frame, such as a Map has
 * @throws OptionError if `frames` is not iterable, or a number is not a 64-bit integer.
 * @example
 * ```ts
 * const batch = videoFrameBatch([[1, left], [2, right]]);
 * ```
 */
export function videoFrameBatch(frames: Iterable<readonly [number: Integer, frame: VideoFrame]> = []): VideoFrameBatch {
  requireOption('videoFrameBatch', 'frames', frames, isIterable);
  const byNumber = new Map<bigint, VideoFrame>();
  for (const [number, frame] of frames) {
    requireOption('videoFrameBatch', 'number', number, isInt64);
    byNumber.set(BigInt(number), frame);
  }
  return { kind: 'videoFrameBatch', frames: byNumber };
}
