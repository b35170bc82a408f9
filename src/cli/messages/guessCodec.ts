import { lookOf } from '../../codecs/lookOf.js';
import { textLook } from '../../codecs/textLook.js';
import { decodePmt } from '../../gnuradio/index.js';
import { decodeFrame, type Frame, type Parts } from '../../index.js';
import type { CodecName } from '../options/receiveOptions.js';

/** What a message looks like. */
export interface Guess {
  /** The codec that reads it; `undefined`: none is known. */
  readonly codec: CodecName | undefined;
  /** Whether its first part is a topic. */
  readonly isTopical: boolean;
  /** The message, if it is a frame. */
  readonly frame?: Frame;
  readonly text: string;
}

const DPSTREAM = 'DPSTREAM';

/** Guesses what a message is. */
export function guessCodec(parts: Parts): Guess {
  const [first, ...rest] = parts;
  if (first === undefined) return { codec: undefined, isTopical: false, text: 'an empty message' };
  const frame = frameOf(parts);
  if (frame) return { codec: 'sigs', isTopical: false, frame, text: 'SIGS frames' };
  if (startsWith(first, DPSTREAM))
    return { codec: 'dpstream', isTopical: false, text: 'DPSTREAM frames, as doppler sends from 0.44 on' };
  if (rest.length > 0) return topical(first, rest);
  if (first[0] === 0xf0 && first[1] === 0x5f && first[2] === 1) {
    return { codec: 'gnuradio', isTopical: false, text: 'a stream of GNU Radio with tags' };
  }
  const look = textLook(first);
  if (look !== undefined) return look.startsWith('JSON') ? plain('json', 'JSON') : plain('text', 'text');
  if (isPmt(first)) return plain('pmt', 'messages (PMT) of GNU Radio');
  if (lookOf(parts, true)?.startsWith('bare samples') === true) {
    return plain('gnuradio', 'bare complex floats, as a stream of GNU Radio without tags');
  }
  return plain(undefined, `messages of one part, ${first.length} bytes`);
}

const plain = (codec: CodecName | undefined, text: string): Guess => ({ codec, isTopical: false, text });

function topical(first: Uint8Array, rest: Parts): Guess {
  const isTopic = first.length <= 255 && textLook(first) !== undefined;
  const inner = isTopic ? guessCodec(rest) : undefined;
  if (inner?.codec !== undefined && !inner.isTopical)
    return { ...inner, isTopical: true, text: `${inner.text}, with a topic before it` };
  return plain(undefined, `messages of ${rest.length + 1} parts`);
}

function frameOf(parts: Parts): Frame | undefined {
  try {
    return decodeFrame(parts);
  } catch {
    return undefined;
  }
}

function isPmt(part: Uint8Array): boolean {
  if (part.length < 2) return false;
  try {
    decodePmt(part);
    return true;
  } catch {
    return false;
  }
}

function startsWith(part: Uint8Array, text: string): boolean {
  return part.length >= text.length && Array.from(text).every((character, i) => part[i] === character.charCodeAt(0));
}
