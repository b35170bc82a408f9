import type { SamplesByType, SamplesOf, SampleType } from '../samples/types.js';

/** A frame of one sample type. */
export interface FrameOf<T extends SampleType> {
  readonly sampleType: T;
  readonly samples: SamplesOf<T>;
  /** The number of complex samples in `samples`. A sink counts them itself: a copy with other samples need not set it. */
  readonly numSamples: number;
  /** Samples per second, in Hz; 0 if the sender did not say. */
  readonly sampleRate: number;
  /** Centre frequency, in Hz; 0 if the sender did not say. */
  readonly centerFreq: number;
  /** Counts the frames of one sending socket, from 0. A gap means lost frames. */
  readonly sequence: number;
  /** UNIX time of the first sample, in ns; doppler sets the time at which it sends. */
  readonly timestampNs: bigint;
  /** Identifies a stream; an unsigned 32-bit integer. Every doppler sender uses 0. */
  readonly streamId: number;
  /** Unsigned 32 bits, free for the application. */
  readonly flags: number;
  /** 0 is SIGS, the only protocol. */
  readonly protocol: number;
  /** The sender's wire version, `0x00010000` today. */
  readonly version: number;
  /** The connection on which it arrived. Local, never on the wire; absent if the driver does not know. */
  readonly peer?: number;
  /** How often it was delivered, if more than once: from `nats://`, and out of order. Local, never on the wire. */
  readonly delivery?: number;
}

/**
 * A block of complex samples with its metadata: a plain object, so that `{ ...frame, samples }` makes a changed copy.
 * A union over the sample types: testing `sampleType` narrows `samples`.
 */
export type Frame<T extends SampleType = SampleType> = T extends SampleType ? FrameOf<T> : never;

/** The input of sinks and requests: a {@link Frame}, or just samples (a bare `Uint8Array` needs `sampleType: 'cf128'`). */
export type FrameInput = Frame | SamplesByType[SampleType];

/** The Frame that a sink makes of a {@link FrameInput}. */
export type FrameFrom<I> =
  I extends FrameOf<infer T>
    ? FrameOf<T>
    : I extends Int8Array
      ? FrameOf<'ci8'>
      : I extends Int16Array
        ? FrameOf<'ci16'>
        : I extends Int32Array
          ? FrameOf<'ci32'>
          : I extends Float32Array
            ? FrameOf<'cf32'>
            : I extends Float64Array
              ? FrameOf<'cf64'>
              : I extends Uint8Array
                ? FrameOf<'cf128'>
                : never;
