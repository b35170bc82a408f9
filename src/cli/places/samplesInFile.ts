import { open } from 'node:fs/promises';
import { iqSourceOf } from '../../sigmf/iq/IqSource.js';
import type { IqFormat } from '../../sigmf/iq/IqFormat.js';

/** How many samples a file has: as its header says, but no more than fit into it; `undefined`: it is no file but a pipe or so. */
export async function samplesInFile(path: string, format: IqFormat): Promise<number | undefined> {
  await using file = await open(path);
  const found = await file.stat();
  if (!found.isFile()) return undefined;
  const readAt = async (offset: number, length: number): Promise<Uint8Array> => {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  };
  const { datatype, dataOffset, dataLength = Infinity } = await iqSourceOf('info', path, format, {}, undefined, readAt);
  return Math.floor(Math.min(dataLength, found.size - dataOffset) / datatype.bytesPerSample);
}
