import type { SampleType } from '../samples/types.js';

const END = 'endOfStream';

/** The end of a stream: a sink sends it on completion, if its options request that. */
export interface EndOfStream {
  readonly kind: typeof END;
  /** The sample type of the frames before it, if its sink sends only one type. */
  readonly sampleType: SampleType | undefined;
}

/** An end of stream as it is sent. */
export interface NumberedEnd extends EndOfStream {
  readonly sequence: number;
  readonly timestampNs: bigint;
}

/** Creates an end of stream. */
export function endOfStream(sampleType: SampleType | undefined): EndOfStream {
  return { kind: END, sampleType };
}

/** Whether a value is an end of stream. */
export function isEndOfStream(value: unknown): value is EndOfStream {
  return (value as Partial<EndOfStream> | null | undefined)?.kind === END;
}
