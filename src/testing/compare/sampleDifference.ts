import type { Frame } from '../../frame/types.js';
import { describe } from '../../basics/describe.js';
import type { Numbers } from './shapes.js';

/** The first sample that differs, or nothing. The numbers of the test are rounded as the samples were. */
export function sampleDifference(
  { samples, sampleType }: Frame,
  expected: Numbers,
  tolerance: number,
): string | undefined {
  const { constructor } = samples;
  if (ArrayBuffer.isView(expected) && expected.constructor !== constructor) {
    return `samples: expected ${describe(expected)}, got ${describe(samples)}`;
  }
  const wanted = ArrayBuffer.isView(expected)
    ? expected
    : (constructor as unknown as { from(numbers: Numbers): Numbers }).from(expected);
  if (samples.length !== wanted.length) return `samples: expected ${wanted.length} values, got ${samples.length}`;
  let first = -1;
  let others = -1;
  for (let i = 0; i < samples.length; i += 1) {
    if (isClose(samples[i]!, wanted[i]!, tolerance)) continue;
    if (first < 0) first = i;
    others += 1;
  }
  if (first < 0) return undefined;
  const where = sampleType === 'cf128' ? 'a byte' : `${first % 2 === 0 ? 'I' : 'Q'} of sample ${first >> 1}`;
  const more = others === 0 ? '' : `, and ${others} more of ${samples.length} differ`;
  return `samples[${first}] (${where}): expected ${wanted[first]}, got ${samples[first]}${more}`;
}

function isClose(one: number, other: number, tolerance: number): boolean {
  return Object.is(one, other) || one === other || Math.abs(one - other) <= tolerance;
}
