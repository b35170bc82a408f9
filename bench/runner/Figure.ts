import type { Driver } from './drivers.js';
import type { Cost } from './Link.js';
import type { Summary } from './statistics.js';

/** What a figure has to be: at least, at most, or below a number. */
export type Target = { readonly atLeast: number } | { readonly atMost: number } | { readonly below: number };

/** One line of the table. */
export interface Figure extends Summary {
  /** What was measured, against what. The same for both drivers. */
  readonly label: string;
  /** Whose figure it is, where that matters. */
  readonly driver?: Driver;
  /** The payload's size, in bytes, where it matters. */
  readonly size?: number;
  readonly unit: 'ratio' | 'ms' | 'us' | 'MiB' | 'kB' | 'frames';
  /** Without one it is information. */
  readonly target?: Target;
  /** What a message took of the processor, and in the baseline. */
  readonly cpu?: { readonly ours: Cost; readonly baseline?: Cost };
  /** The absolute figures, which belong to the machine and the hour. */
  readonly absolute: string;
}

/** What is known of a figure before it is measured. */
export type Facts = Pick<Figure, 'label' | 'driver' | 'size' | 'target'>;

/** Whether a figure is as it has to be; `undefined` where nothing is asked of it. */
export function holds({ median, target }: Pick<Figure, 'median' | 'target'>): boolean | undefined {
  if (target === undefined) return undefined;
  if ('atLeast' in target) return median >= target.atLeast;
  return 'atMost' in target ? median <= target.atMost : median < target.below;
}
