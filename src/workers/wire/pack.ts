import { copyView } from './copyView.js';

/** A value to be posted, and the memory that is moved with it. */
export interface Packed {
  readonly value: unknown;
  readonly moved: ArrayBuffer[];
}

/** Below this size, a copy by `postMessage` costs less than moving memory. */
const HANDED_OVER_FROM_BYTES = 4096;

/**
 * Prepares a value to be posted. Typed arrays in it, in plain objects and arrays at any depth, are copied once, each without the rest of
 * its buffer, and the copy is moved. Posting them unchanged would copy whole buffers, twice.
 *
 * @param moves moves typed arrays that own their memory, without a copy: they are empty afterwards
 */
export function pack(value: unknown, moves: boolean): Packed {
  if (typeof value !== 'object' || value === null) return { value, moved: [] };
  const packing: Packing = { moves, moved: [], seen: new Map() };
  return { value: packed(value, packing), moved: packing.moved };
}

interface Packing {
  readonly moves: boolean;
  readonly moved: ArrayBuffer[];
  /** The prepared form of each object: an object in two places is a single object at the other end, too. */
  readonly seen: Map<object, unknown>;
}

function packed(value: unknown, packing: Packing): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = packing.seen.get(value);
  if (known !== undefined) return known;
  if (ArrayBuffer.isView(value)) return packedView(value, packing);
  if (value instanceof ArrayBuffer) return packedBuffer(value, packing);
  if (Array.isArray(value)) return packedArray(value, packing);
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null ? packedObject(value, packing) : value;
}

function packedView(view: ArrayBufferView, { moves, moved, seen }: Packing): unknown {
  const { buffer, byteLength } = view;
  if (!(buffer instanceof ArrayBuffer)) return view; // both threads share it
  requireMemory(buffer);
  const owns = byteLength === buffer.byteLength;
  let posted = view;
  if (owns && moves) {
    if (!moved.includes(buffer)) moved.push(buffer);
  } else if (!owns || byteLength >= HANDED_OVER_FROM_BYTES) {
    posted = copyView(view);
    moved.push(posted.buffer as ArrayBuffer);
  }
  seen.set(view, posted);
  return posted;
}

function packedBuffer(buffer: ArrayBuffer, { moves, moved, seen }: Packing): unknown {
  requireMemory(buffer);
  const posted = moves || buffer.byteLength < HANDED_OVER_FROM_BYTES ? buffer : buffer.slice(0);
  if ((moves || posted !== buffer) && !moved.includes(posted)) moved.push(posted);
  seen.set(buffer, posted);
  return posted;
}

function packedArray(array: unknown[], packing: Packing): unknown {
  if (!array.some((item) => typeof item === 'object' && item !== null)) return array;
  const posted = new Array<unknown>(array.length);
  packing.seen.set(array, posted);
  // by keys, since an array may have holes, and other keys than numbers
  for (const key of Object.keys(array)) posted[key as never] = packed(array[key as never], packing);
  return posted;
}

function packedObject(object: object, packing: Packing): unknown {
  const posted: Record<string, unknown> = {};
  packing.seen.set(object, posted);
  for (const key of Object.keys(object)) {
    const value = packed((object as Record<string, unknown>)[key], packing);
    if (key === '__proto__') Object.defineProperty(posted, key, { value, enumerable: true });
    else posted[key] = value;
  }
  return posted;
}

/** Refuses memory that was moved before: some versions of Node would post it, and the other end could not use it. */
function requireMemory(buffer: ArrayBuffer): void {
  if (buffer.byteLength > 0) return;
  try {
    new Uint8Array(buffer);
  } catch {
    throw new Error('its memory has been moved elsewhere before');
  }
}
