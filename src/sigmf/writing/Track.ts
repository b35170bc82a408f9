import type { Frame } from '../../frame/types.js';

/** An action to run once the byte at an offset is written. */
export interface Note {
  readonly offset: number;
  readonly apply: () => void;
}

/** One file of samples, from its beginning until it is complete. */
export interface Track {
  /** Bytes of samples that are in the file. */
  readonly bytesWritten: number;
  /** After an error it has released everything: it is not closed then. */
  open(): Promise<void>;
  /** Writes bytes, and runs the actions of their notes. After an error, `bytesWritten` says how much was kept nevertheless. */
  write(bytes: Uint8Array, notes: readonly Note[]): Promise<void>;
  /** Ends the file. After an error it keeps what can be kept. */
  close(): Promise<void>;
}

/** The destination of a value. */
export interface Taken {
  readonly frame: Frame;
  readonly bytes: Uint8Array;
  readonly track: Track;
  /** Bytes of zeros before it. */
  readonly zeros: number;
  /** The action to run once it is written. */
  readonly note: (() => void) | undefined;
}

/** Decides where values are written. */
export interface Recorder {
  /** Checks before the first value whether the files can be written. */
  prepare(): Promise<void>;
  /** @returns `undefined`: it is left out @throws FrameError */
  take(input: unknown): Taken | undefined;
  /** All tracks are closed. */
  finish(): Promise<void>;
}
