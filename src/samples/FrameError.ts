import { RxZmqError } from '../errors.js';
import type { SampleType } from './types.js';

/** Which rule of the wire a message or a value broke; from `'byteOrder'` on they are those of DPSTREAM, over NATS. */
export type FrameFault =
  | 'parts'
  | 'header'
  | 'magic'
  | 'protocol'
  | 'sampleType'
  | 'length'
  | 'range'
  | 'value'
  | 'byteOrder'
  | 'version'
  | 'flags'
  | 'kind'
  | 'chunk';

/** Bytes that are no frame, or a value that cannot become one. */
export class FrameError extends RxZmqError {
  override readonly name = 'FrameError';
  readonly code = 'ERR_FRAME';

  constructor(
    /** Which rule was broken. */
    readonly fault: FrameFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** The frame's sample type, where `fault` is `'sampleType'` and it could be read. */
  sampleType?: SampleType;
}
