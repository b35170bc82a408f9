import type { FileHandle } from 'node:fs/promises';

/** Writes all bytes, as far as the system allows; calls back with the number written. `null`: at the current position, as pipes require. */
export async function writeAll(
  handle: FileHandle,
  bytes: Uint8Array,
  position: number | null,
  wrote: (count: number) => void,
): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(
      bytes,
      done,
      bytes.length - done,
      position === null ? null : position + done,
    );
    done += bytesWritten;
    wrote(bytesWritten);
  }
}
