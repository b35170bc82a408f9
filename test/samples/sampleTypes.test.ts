import { expect, it } from 'vitest';
import {
  SAMPLE_TYPES,
  sampleTypeByArrayName,
  sampleTypeByCode,
  sampleTypeByName,
} from '../../src/samples/sampleTypes.js';

it('has the six types at the index of their code', () => {
  expect(SAMPLE_TYPES.map(({ name }) => name)).toEqual(['ci32', 'cf64', 'cf128', 'ci8', 'ci16', 'cf32']);
  SAMPLE_TYPES.forEach(({ code }, index) => expect(code).toBe(index));
});

it('knows the size of a sample', () => {
  const bytes = Object.fromEntries(SAMPLE_TYPES.map(({ name, bytesPerSample }) => [name, bytesPerSample]));
  expect(bytes).toEqual({ ci8: 2, ci16: 4, ci32: 8, cf32: 8, cf64: 16, cf128: 32 });
  for (const { arrayName, bytesPerSample, elementsPerSample } of SAMPLE_TYPES) {
    const { BYTES_PER_ELEMENT } = (globalThis as unknown as Record<string, Uint8ArrayConstructor>)[arrayName]!;
    expect(BYTES_PER_ELEMENT * elementsPerSample).toBe(bytesPerSample);
  }
});

it('finds a type by name, code and array', () => {
  for (const info of SAMPLE_TYPES) {
    expect(sampleTypeByName(info.name)).toBe(info);
    expect(sampleTypeByCode(info.code)).toBe(info);
    expect(sampleTypeByArrayName(info.arrayName)).toBe(info);
  }
});

it.each(['cf16', 'CF32', '', 'toString', '__proto__', undefined, null, 5])('knows no type %s', (name) => {
  expect(sampleTypeByName(name)).toBeUndefined();
  expect(sampleTypeByArrayName(name)).toBeUndefined();
});

it.each([6, 255, 0xffffffff, -1, 0.5])('knows no code %s', (code) => {
  expect(sampleTypeByCode(code)).toBeUndefined();
});
