import { FrameError } from '../samples/FrameError.js';
import {
  CHUNK_BLOCK_BYTES,
  CHUNKED,
  HEADER_BYTES,
  isDpstream,
  KIND,
  newHeader,
  readHeader,
  writeHeader,
} from './header.js';

const header = newHeader();

/**
 * Splits the message of a frame into chunks that a server accepts, as doppler's Publisher does: all except the last have the same size,
 * and each contains whole samples.
 *
 * @param maxBytes the longest message that the server accepts
 * @throws FrameError if it is not a message of samples, or if no sample fits
 */
export function splitMessage(message: Uint8Array, maxBytes: number): Uint8Array[] {
  if (!isDpstream(message)) throw tooLong(message, maxBytes);
  readHeader(message, header);
  const { info, payloadBytes, payloadAt } = header;
  if (header.kind !== KIND.samples || info === undefined || header.flags !== 0) throw tooLong(message, maxBytes);
  const room = maxBytes - HEADER_BYTES - CHUNK_BLOCK_BYTES;
  const size = room - (room % info.bytesPerSample);
  if (size <= 0) throw tooLong(message, maxBytes);
  header.flags = CHUNKED;
  header.totalBytes = payloadBytes;
  header.chunkCount = Math.ceil(payloadBytes / size);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < payloadBytes; at += size) {
    const length = Math.min(size, payloadBytes - at);
    header.chunkIndex = chunks.length;
    header.chunkOffset = at;
    header.payloadBytes = length;
    header.numSamples = length / info.bytesPerSample;
    const chunk = new Uint8Array(HEADER_BYTES + CHUNK_BLOCK_BYTES + length);
    writeHeader(header, chunk);
    chunk.set(message.subarray(payloadAt + at, payloadAt + at + length), HEADER_BYTES + CHUNK_BLOCK_BYTES);
    chunks.push(chunk);
  }
  return chunks;
}

function tooLong({ length }: Uint8Array, maxBytes: number): FrameError {
  return new FrameError(
    'length',
    `a message of ${length} bytes is longer than the ${maxBytes} that the server lets through`,
  );
}
