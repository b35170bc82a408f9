/** V8 puts arrays up to 128 KiB into the part of its heap that scavenges collect; elements have 8 bytes, 4 where pointers are compressed. */
const MOST_ELEMENTS = 8192;
/** An element for so many bytes of buffers: with fewer, scavenges are too rare; with more, filling costs more than it saves. */
const BYTES_PER_ELEMENT = 32;

const none: readonly unknown[] = [];
/** The last array: bundlers and V8 leave out an allocation that nothing looks at. */
let last = none;

/**
 * Takes heap space that is dropped at once, in proportion to a buffer, so that V8 frees unused buffers before there are many.
 *
 * V8 scavenges for buffers alone only when 32 MiB are new, and its threads free what it finds while as much again is taken. That
 * is just the 64 MiB from which on it marks the whole heap instead, again and again, which takes more time than to receive the
 * frames: with buffers of 64 to 512 KiB about half of all (Node 20). Scavenges for heap space come sooner, and cost little.
 */
export function fillHeap(bufferBytes: number): void {
  for (let left = bufferBytes / BYTES_PER_ELEMENT; left >= 1; left -= MOST_ELEMENTS) {
    last = new Array<unknown>(Math.min(left, MOST_ELEMENTS) | 0);
  }
  if (last.length > 0) last = none;
}
