/** The first byte of each kind of PMT. */
export const TAG = {
  true: 0x00,
  false: 0x01,
  symbol: 0x02,
  int32: 0x03,
  double: 0x04,
  complex: 0x05,
  null: 0x06,
  pair: 0x07,
  vector: 0x08,
  dict: 0x09,
  uniform: 0x0a,
  uint64: 0x0b,
  tuple: 0x0c,
  int64: 0x0d,
} as const;

/** GNU Radio does not read longer symbols. */
export const MAX_SYMBOL_BYTES = 1024;

/** The limit of nesting: GNU Radio reads recursively, and deep nesting overflows its stack. */
export const MAX_DEPTH = 100;

/** How many values a message may have: some take 3 bytes on the wire, but 80 times as many here. Numbers of uniform vectors do not count. */
export const MAX_VALUES = 2 ** 20;

/** One kind of uniform vector. */
export interface VectorKind {
  readonly name: string;
  /** How many bytes an element of the array takes. */
  readonly bytes: 1 | 2 | 4 | 8;
  /** How many elements of the array an item takes. */
  readonly elements: 1 | 2;
  readonly arrayName: string;
  make(buffer: ArrayBuffer): ArrayBufferView<ArrayBuffer>;
}

/** All kinds; the index of each is its code on the wire. */
export const VECTORS: readonly VectorKind[] = [
  { name: 'u8vector', bytes: 1, elements: 1, arrayName: 'Uint8Array', make: (buffer) => new Uint8Array(buffer) },
  { name: 's8vector', bytes: 1, elements: 1, arrayName: 'Int8Array', make: (buffer) => new Int8Array(buffer) },
  { name: 'u16vector', bytes: 2, elements: 1, arrayName: 'Uint16Array', make: (buffer) => new Uint16Array(buffer) },
  { name: 's16vector', bytes: 2, elements: 1, arrayName: 'Int16Array', make: (buffer) => new Int16Array(buffer) },
  { name: 'u32vector', bytes: 4, elements: 1, arrayName: 'Uint32Array', make: (buffer) => new Uint32Array(buffer) },
  { name: 's32vector', bytes: 4, elements: 1, arrayName: 'Int32Array', make: (buffer) => new Int32Array(buffer) },
  {
    name: 'u64vector',
    bytes: 8,
    elements: 1,
    arrayName: 'BigUint64Array',
    make: (buffer) => new BigUint64Array(buffer),
  },
  { name: 's64vector', bytes: 8, elements: 1, arrayName: 'BigInt64Array', make: (buffer) => new BigInt64Array(buffer) },
  { name: 'f32vector', bytes: 4, elements: 1, arrayName: 'Float32Array', make: (buffer) => new Float32Array(buffer) },
  { name: 'f64vector', bytes: 8, elements: 1, arrayName: 'Float64Array', make: (buffer) => new Float64Array(buffer) },
  { name: 'c32vector', bytes: 4, elements: 2, arrayName: 'Float32Array', make: (buffer) => new Float32Array(buffer) },
  { name: 'c64vector', bytes: 8, elements: 2, arrayName: 'Float64Array', make: (buffer) => new Float64Array(buffer) },
];

/** The codes of those that need a name, as their arrays have another meaning. */
export const F32 = 8;
export const C32 = 10;
export const C64 = 11;

/** The code of the uniform vector of a typed array; -1 if there is none. */
export function vectorCode(arrayName: string): number {
  return VECTORS.findIndex((kind) => kind.arrayName === arrayName);
}

/** Swaps the bytes of numbers of this size, in place: PMTs are big-endian. */
export function swapBytes(bytes: Uint8Array, size: number): void {
  if (size === 1) return;
  for (let at = 0; at < bytes.length; at += size) {
    for (let low = at, high = at + size - 1; low < high; low += 1, high -= 1) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
}
