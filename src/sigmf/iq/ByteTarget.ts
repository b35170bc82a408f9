/** A target of sequential writes. */
export interface ByteTarget {
  open(): Promise<void>;
  /** Calls back with the number of bytes written, at least once for all. */
  write(bytes: Uint8Array, wrote: (count: number) => void): Promise<void>;
  /** Overwrites the beginning, if the target allows it. */
  rewriteStart(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
