import type { ReadMeta } from '../metadata/parseMeta.js';
import type { Stretch } from './Stretch.js';

/** A recording that was found: its metadata, and where its samples are. */
export interface FoundRecording {
  /** Its base name. */
  readonly name: string;
  /** Where its metadata stand: a file, or a file of an archive. */
  readonly path: string;
  readonly read: ReadMeta;
  readonly data: Stretch;
  /** What is wrong with it, its metadata and its files together. */
  readonly problems: readonly string[];
}
