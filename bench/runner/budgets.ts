import budgets from '../budgets.json' with { type: 'json' };
import type { Target } from './Figure.js';

const { native } = budgets;
type Single = { [K in keyof typeof native]: (typeof native)[K] extends Target ? K : never }[keyof typeof native];
type Sized = Exclude<keyof typeof native, Single>;

/** The target of a figure that payload sizes do not matter to. */
export function targetOf(name: Single): Target {
  return native[name];
}

/** The target at one payload size; none where the contract has none. */
export function targetAt(name: Sized, size: number): { target?: Target } {
  const target = (native[name] as Readonly<Record<string, Target>>)[size];
  return target ? { target } : {};
}
