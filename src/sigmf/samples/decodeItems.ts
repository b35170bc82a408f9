import type { Datatype } from './Datatype.js';
import type { ItemsByType, ItemType } from './Items.js';
import { settleMemory } from './settleMemory.js';
import { swapBytes } from './swapBytes.js';

const classes = {
  f32: Float32Array,
  f64: Float64Array,
  i8: Int8Array,
  i16: Int16Array,
  i32: Int32Array,
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
} as const;

/** Converts bytes of a real datatype to numbers, as they are stored. They reuse the memory of the bytes. */
export function decodeItems(
  bytes: Uint8Array,
  datatype: Datatype,
): { itemType: ItemType; items: ItemsByType[ItemType] } {
  const { kind, bits, isBigEndian } = datatype;
  swapBytes(bytes, isBigEndian ? bits / 8 : 1);
  const itemType = `${kind}${bits}` as ItemType; // the grammar has no others
  const items = new classes[itemType](bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.byteLength / (bits / 8));
  settleMemory(bytes, items);
  return { itemType, items };
}
