import type { FileHandle } from 'node:fs/promises';

/** Writes bytes whole, as far as the system does; calls back with how many it has taken. `null`: where it stands, as pipes want. */
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
