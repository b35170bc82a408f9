import type { ReadMeta } from '../metadata/parseMeta.js';
import type { Stretch } from './Stretch.js';

/** Samples, and how they are to be read. */
export interface SampleFile {
  /** What it is called in texts. */
  readonly path: string;
  readonly read: Pick<ReadMeta, 'datatype' | 'sampleRate' | 'numChannels' | 'trailingBytes' | 'captures'>;
  readonly data: Stretch;
}

/** A recording that was found: its metadata, and where its samples are. */
export interface FoundRecording extends SampleFile {
  /** Its base name. */
  readonly name: string;
  readonly read: ReadMeta;
  /** What is wrong with it, its metadata and its files together. */
  readonly problems: readonly string[];
}
