import type { SampleType } from './types.js';

/** One sample type: its name, its code on the wire, and how its samples are stored. */
export interface SampleTypeInfo {
  readonly name: SampleType;
  /** The SIGS header's `sample_type`. */
  readonly code: number;
  /** Bytes of one complex sample, I and Q together. */
  readonly bytesPerSample: number;
  /** Array elements of one complex sample: 2, for `cf128` 32. */
  readonly elementsPerSample: number;
  /** The class of the typed array that holds samples, by its `Symbol.toStringTag`, which is the same in every realm. */
  readonly arrayName: string;
}

/** All six sample types; the index of each is its code on the wire. */
export const SAMPLE_TYPES: readonly SampleTypeInfo[] = [
  { name: 'ci32', code: 0, bytesPerSample: 8, elementsPerSample: 2, arrayName: 'Int32Array' },
  { name: 'cf64', code: 1, bytesPerSample: 16, elementsPerSample: 2, arrayName: 'Float64Array' },
  { name: 'cf128', code: 2, bytesPerSample: 32, elementsPerSample: 32, arrayName: 'Uint8Array' },
  { name: 'ci8', code: 3, bytesPerSample: 2, elementsPerSample: 2, arrayName: 'Int8Array' },
  { name: 'ci16', code: 4, bytesPerSample: 4, elementsPerSample: 2, arrayName: 'Int16Array' },
  { name: 'cf32', code: 5, bytesPerSample: 8, elementsPerSample: 2, arrayName: 'Float32Array' },
];

const byName = /* @__PURE__ */ new Map<unknown, SampleTypeInfo>(SAMPLE_TYPES.map((type) => [type.name, type]));
const byArrayName = /* @__PURE__ */ new Map<unknown, SampleTypeInfo>(
  SAMPLE_TYPES.map((type) => [type.arrayName, type]),
);

/** Finds a sample type by its name; `undefined` if there is none. */
export function sampleTypeByName(name: unknown): SampleTypeInfo | undefined {
  return byName.get(name);
}

/** Finds a sample type by its code on the wire; `undefined` if there is none. */
export function sampleTypeByCode(code: number): SampleTypeInfo | undefined {
  return SAMPLE_TYPES[code];
}

/** Finds the sample type of a class of typed array, such as `'Float32Array'`; `undefined` for others. */
export function sampleTypeByArrayName(arrayName: unknown): SampleTypeInfo | undefined {
  return byArrayName.get(arrayName);
}
