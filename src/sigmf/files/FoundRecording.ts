import type { ReadMeta } from '../metadata/parseMeta.js';
import type { Stretch } from './Stretch.js';

/** Samples, and how to read them. */
export interface SampleFile {
  /** Its name in error texts. */
  readonly path: string;
  readonly read: Pick<ReadMeta, 'datatype' | 'sampleRate' | 'numChannels' | 'trailingBytes' | 'captures'>;
  readonly data: Stretch;
}

/** A recording that was found: its metadata, and the position of its samples. */
export interface FoundRecording extends SampleFile {
  /** Its base name. */
  readonly name: string;
  readonly read: ReadMeta;
  /** Its faults, in its metadata and its files. */
  readonly problems: readonly string[];
}
