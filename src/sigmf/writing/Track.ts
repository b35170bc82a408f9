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
  open(): Promise<void>;
  /** Writes bytes, and what is to be noted of them. After an error, `bytesWritten` says what is kept all the same. */
  write(bytes: Uint8Array, notes: readonly Note[]): Promise<void>;
  /** Nothing more comes. After an error it settles what can be kept. */
  close(): Promise<void>;
}

/** Where a value goes. */
export interface Taken {
  readonly frame: Frame;
  readonly bytes: Uint8Array;
  readonly track: Track;
  /** Bytes of zeros before it. */
  readonly zeros: number;
  /** What is noted once it is written. */
  readonly note: (() => void) | undefined;
}

/** Says where values go. */
export interface Recorder {
  /** Looks, before anything comes, whether it can be written there. */
  prepare(): Promise<void>;
  /** @returns `undefined`: it is left out @throws FrameError */
  take(input: unknown): Taken | undefined;
  /** All tracks are closed. */
  finish(): Promise<void>;
}
