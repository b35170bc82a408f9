import { cu8ToFloat32 } from '../../samples/cu8ToFloat32.js';
import type { SampleType, SamplesByType } from '../../samples/types.js';
import { convert } from '../../samples/convert.js';
import { rescale } from '../../samples/quantize.js';
import type { Datatype } from './Datatype.js';
import { flipSigns } from './flipSigns.js';
import { settleMemory } from './settleMemory.js';
import { swapBytes } from './swapBytes.js';

/** Samples in the form of a Frame. */
export interface ComplexBlock {
  readonly sampleType: SampleType;
  readonly samples: SamplesByType[SampleType];
}

/**
 * Converts bytes of a complex datatype to samples. Types that a Frame has stay as they are stored; cu8 becomes ci8 (128 is 0),
 * cu16 cf32 and cu32 cf64, with full scale 1.0. The samples may reuse the memory of the bytes.
 *
 * @param wanted the type to convert to, scaled by full scale as with `convertSamples`
 */
export function decodeComplex(bytes: Uint8Array, datatype: Datatype, wanted: SampleType | undefined): ComplexBlock {
  swapBytes(bytes, datatype.isBigEndian ? datatype.bits / 8 : 1);
  const block = asWanted(plain(bytes, datatype), wanted);
  settleMemory(bytes, block.samples);
  return block;
}

/** The bytes of an rtl-sdr: 127.5 is 0. As ci8, which has no halves, 128 is 0. */
export function decodeReceiverBytes(
  bytes: Uint8Array,
  _datatype: Datatype,
  wanted: SampleType | undefined,
): ComplexBlock {
  const block =
    wanted === undefined || wanted === 'ci8'
      ? { sampleType: 'ci8' as const, samples: flipSigns(bytes) }
      : asWanted({ sampleType: 'cf32', samples: cu8ToFloat32(bytes) }, wanted);
  settleMemory(bytes, block.samples);
  return block;
}

function asWanted(block: ComplexBlock, wanted: SampleType | undefined): ComplexBlock {
  if (wanted === undefined || wanted === block.sampleType) return block;
  return { sampleType: wanted, samples: convert(block.samples, block.sampleType, wanted).samples };
}

function plain(bytes: Uint8Array, { kind, bits }: Datatype): ComplexBlock {
  const { buffer, byteOffset, byteLength } = bytes as Uint8Array<ArrayBuffer>;
  if (kind === 'u') return unsigned(bytes, bits);
  if (bits === 8) return { sampleType: 'ci8', samples: new Int8Array(buffer, byteOffset, byteLength) };
  if (bits === 16) return { sampleType: 'ci16', samples: new Int16Array(buffer, byteOffset, byteLength / 2) };
  if (bits === 64) return { sampleType: 'cf64', samples: new Float64Array(buffer, byteOffset, byteLength / 8) };
  if (kind === 'i') return { sampleType: 'ci32', samples: new Int32Array(buffer, byteOffset, byteLength / 4) };
  return { sampleType: 'cf32', samples: new Float32Array(buffer, byteOffset, byteLength / 4) };
}

/** Inverting the highest bit subtracts half of the range. */
function unsigned(bytes: Uint8Array, bits: Datatype['bits']): ComplexBlock {
  const { buffer, byteOffset, byteLength } = bytes as Uint8Array<ArrayBuffer>;
  if (bits === 8) return { sampleType: 'ci8', samples: flipSigns(bytes) };
  if (bits === 16) {
    const numbers = new Uint16Array(buffer, byteOffset, byteLength / 2);
    for (let i = 0; i < numbers.length; i += 1) numbers[i]! ^= 0x8000;
    const samples = new Float32Array(numbers.length);
    rescale(new Int16Array(buffer, byteOffset, byteLength / 2), samples, 2 ** -15);
    return { sampleType: 'cf32', samples };
  }
  const numbers = new Uint32Array(buffer, byteOffset, byteLength / 4);
  for (let i = 0; i < numbers.length; i += 1) numbers[i]! ^= 0x80000000;
  const samples = new Float64Array(numbers.length);
  rescale(new Int32Array(buffer, byteOffset, byteLength / 4), samples, 2 ** -31);
  return { sampleType: 'cf64', samples };
}
