import { type DriverChoice, pickDriver as pick } from '../../src/platform/pickDriver.js';

export type { DriverChoice };

/** Takes the place of `src/platform/pickDriver.ts` in the suite of the native driver: `'auto'` is that one. */
export function pickDriver(
  of: string,
  endpoints: readonly string[],
  choice: DriverChoice,
  bound: readonly string[] = [],
): 'engine' | 'native' {
  return pick(of, endpoints, choice === 'auto' ? 'native' : choice, bound);
}
