import { sampleTypeByName } from '../../samples/sampleTypes.js';
import { isOneOf, type Rule } from '../../options/rules.js';
import type { ItemType } from './types.js';

/** One type of items. */
export interface ItemTypeInfo {
  readonly name: ItemType;
  /** Elements of the typed array for one item: 2 if it is complex. */
  readonly elements: number;
  /** Bytes of one. */
  readonly bytes: number;
  readonly arrayName: string;
  make(buffer: ArrayBufferLike, byteOffset: number, length: number): ArrayBufferView;
}

type Make = ItemTypeInfo['make'];
const make8: Make = (buffer, offset, length) => new Int8Array(buffer, offset, length);
const makeU8: Make = (buffer, offset, length) => new Uint8Array(buffer, offset, length);
const make16: Make = (buffer, offset, length) => new Int16Array(buffer, offset, length);
const make32: Make = (buffer, offset, length) => new Int32Array(buffer, offset, length);
const makeF32: Make = (buffer, offset, length) => new Float32Array(buffer, offset, length);
const makeF64: Make = (buffer, offset, length) => new Float64Array(buffer, offset, length);

const types: Readonly<Record<ItemType, ItemTypeInfo>> = {
  cf32: { name: 'cf32', elements: 2, bytes: 8, arrayName: 'Float32Array', make: makeF32 },
  cf64: { name: 'cf64', elements: 2, bytes: 16, arrayName: 'Float64Array', make: makeF64 },
  ci8: { name: 'ci8', elements: 2, bytes: 2, arrayName: 'Int8Array', make: make8 },
  ci16: { name: 'ci16', elements: 2, bytes: 4, arrayName: 'Int16Array', make: make16 },
  ci32: { name: 'ci32', elements: 2, bytes: 8, arrayName: 'Int32Array', make: make32 },
  f32: { name: 'f32', elements: 1, bytes: 4, arrayName: 'Float32Array', make: makeF32 },
  i32: { name: 'i32', elements: 1, bytes: 4, arrayName: 'Int32Array', make: make32 },
  i16: { name: 'i16', elements: 1, bytes: 2, arrayName: 'Int16Array', make: make16 },
  i8: { name: 'i8', elements: 1, bytes: 1, arrayName: 'Int8Array', make: make8 },
  u8: { name: 'u8', elements: 1, bytes: 1, arrayName: 'Uint8Array', make: makeU8 },
};

export const itemType = (name: ItemType): ItemTypeInfo => types[name];

/** Whether items of a type, without vectors, are the samples of a Frame. */
export const isComplex = (name: ItemType): boolean => sampleTypeByName(name) !== undefined;

/** Their names in GNU Radio. */
const names: ReadonlyMap<unknown, string> = /* @__PURE__ */ new Map([
  ['complex', "'cf32'"],
  ['float', "'f32'"],
  ['int', "'i32'"],
  ['short', "'i16'"],
  ['byte', "'u8'"],
  ['char', "'i8'"],
  ['sc16', "'ci16'"],
  ['fc32', "'cf32'"],
]);

const isKnown = /* @__PURE__ */ isOneOf(...Object.keys(types));

export const isItemType: Rule = (value) => {
  const expected = isKnown(value);
  const meant = names.get(value);
  return expected === undefined || meant === undefined ? expected : `${meant}, which GNU Radio calls ${String(value)}`;
};
