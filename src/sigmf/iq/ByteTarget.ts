/** Where bytes go that are written one after the other. */
export interface ByteTarget {
  open(): Promise<void>;
  /** Calls back with how many bytes it has taken, at least once for all. */
  write(bytes: Uint8Array, wrote: (count: number) => void): Promise<void>;
  /** Writes over the beginning, where that can be. */
  rewriteStart(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
