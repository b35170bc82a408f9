import { joined } from '../basics/bytes.js';
import { FrameError } from '../samples/FrameError.js';
import { isDpstream, isEnd, isSigs } from './header.js';
import { type Chunk, readChunk } from './readChunk.js';

/** The result for one message. */
export interface Reassembled {
  /** A complete message: the message itself, or the frame of its chunks. */
  readonly message?: Uint8Array;
  /** Why an incomplete frame is lost. */
  readonly abandoned?: string;
  /** Why this message cannot be part of a frame. */
  readonly rejected?: FrameError;
}

/** An incomplete frame. */
interface Begun {
  readonly first: Chunk;
  /** The size of all chunks except the last; 0: only the last has arrived. */
  size: number;
  readonly payloads: Map<number, Uint8Array>;
}

/** The most chunks of a frame: with more, none of them would have any samples. */
const MOST_CHUNKS = 1_000_000;

/**
 * Reassembles frames from their chunks, as doppler's Subscriber does: one frame at a time; chunks may arrive in any order, or twice. It
 * gives up a frame at a chunk of another frame, a whole frame of its type, or an end of stream. It uses memory only for bytes that have
 * arrived.
 */
export class Reassembly {
  readonly #maxBytes: number;
  #begun: Begun | undefined;

  /** @param maxBytes the longest payload that it reassembles */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Handles a message, and returns the result: an empty one, while chunks of its frame are missing. */
  put(message: Uint8Array): Reassembled {
    try {
      const chunk = readChunk(message);
      return chunk === undefined ? this.#whole(message) : this.#chunk(chunk);
    } catch (error) {
      if (error instanceof FrameError) return { rejected: error };
      throw error;
    }
  }

  #whole(message: Uint8Array): Reassembled {
    if (this.#begun === undefined) return { message };
    if (isEnd(message)) return { message, ...this.#abandon('the stream ended') };
    return isOfType(message, this.#begun.first)
      ? { message, ...this.#abandon('a whole frame of its type came') }
      : { message };
  }

  #chunk(chunk: Chunk): Reassembled {
    const size = this.#sizeOf(chunk);
    const isOther = this.#begun !== undefined && this.#begun.first.key !== chunk.key;
    const given = isOther ? this.#abandon('a chunk of another frame came') : {};
    const begun = (this.#begun ??= { first: chunk, size, payloads: new Map<number, Uint8Array>() });
    if (begun.size === 0) begun.size = size;
    else if (size !== 0 && size !== begun.size) {
      const rejected = new FrameError('chunk', `chunk ${chunk.index} is not as long as those before it`);
      return { ...given, rejected };
    }
    begun.payloads.set(chunk.index, chunk.payload);
    if (begun.payloads.size < chunk.count) return given;
    this.#begun = undefined;
    const payloads = [...begun.payloads].sort(([one], [other]) => one - other).map(([, payload]) => payload);
    return { ...given, message: joined(chunk.header(), ...payloads) };
  }

  /** The size of all chunks except the last, according to this one; 0: it is the only one. */
  #sizeOf({ index, count, offset, totalBytes, payload, info }: Chunk): number {
    const { length } = payload;
    if (totalBytes > this.#maxBytes || count > MOST_CHUNKS) {
      const text = `a frame of ${totalBytes} bytes in ${count} chunks is more than maxMessageBytes, ${this.#maxBytes}`;
      throw new FrameError('chunk', text);
    }
    const isLast = index === count - 1;
    const size = isLast && index > 0 ? offset / index : length;
    const isOnGrid =
      index < count &&
      length > 0 &&
      offset === index * size &&
      Number.isInteger(size / info.bytesPerSample) &&
      Math.ceil(totalBytes / size) === count &&
      length === (isLast ? totalBytes - offset : size);
    if (!isOnGrid) {
      const text = `chunk ${index} of ${count}, ${length} bytes at ${offset}, is no part of a frame of ${totalBytes} bytes`;
      throw new FrameError('chunk', text);
    }
    return count === 1 ? 0 : size;
  }

  #abandon(reason: string): { abandoned: string } {
    const { first, payloads } = this.#begun!;
    this.#begun = undefined;
    return { abandoned: `${payloads.size} of the ${first.count} chunks of a frame were there when ${reason}` };
  }
}

/** Whether a whole message is a frame of the type of a chunk. */
function isOfType(message: Uint8Array, first: Chunk): boolean {
  const own = first.header();
  if (isDpstream(message)) return isDpstream(own) && sameAt(message, own, 12, 16);
  return isSigs(message) && isSigs(own) && sameAt(message, own, 16, 20);
}

function sameAt(one: Uint8Array, other: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
