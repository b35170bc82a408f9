import type { SampleType } from '../samples/types.js';

const END = 'endOfStream';

/** What a sink sends at its completion, where it is asked to: that nothing more comes. */
export interface EndOfStream {
  readonly kind: typeof END;
  /** The type of the frames that came before it, where its sink sends no other. */
  readonly sampleType: SampleType | undefined;
}

/** As it goes out. */
export interface NumberedEnd extends EndOfStream {
  readonly sequence: number;
  readonly timestampNs: bigint;
}

/** Says that a stream has ended. */
export function endOfStream(sampleType: SampleType | undefined): EndOfStream {
  return { kind: END, sampleType };
}

/** Whether a value says that. */
export function isEndOfStream(value: unknown): value is EndOfStream {
  return (value as Partial<EndOfStream> | null | undefined)?.kind === END;
}
