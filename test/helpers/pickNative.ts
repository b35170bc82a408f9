import { type DriverChoice, pickDriver as pick } from '../../src/internal/pickDriver.js';

export type { DriverChoice };

/** Takes the place of `src/internal/pickDriver.ts` in the suite of the native driver: `'auto'` is that one. */
export function pickDriver(of: string, endpoints: readonly string[], choice: DriverChoice): 'engine' | 'native' {
  return pick(of, endpoints, choice === 'auto' ? 'native' : choice);
}
