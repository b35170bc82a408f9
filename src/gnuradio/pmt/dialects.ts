import { isOneOf } from '../../options/rules.js';
import type { PmtDialect } from './types.js';

/** The differences between the dialects. */
export interface DialectRules {
  /** Items of f32 and c32 vectors are doubles. */
  readonly widens: boolean;
  /** Items of c32 vectors have the imaginary part first. */
  readonly swaps: boolean;
  /** Dicts are written with cells of pairs. */
  readonly plainDicts: boolean;
  /** Longs have 32 bits. */
  readonly shortLongs: boolean;
}

const rules: Readonly<Record<PmtDialect, DialectRules>> = {
  '3.7': { widens: true, swaps: false, plainDicts: true, shortLongs: true },
  '3.8': { widens: true, swaps: false, plainDicts: true, shortLongs: false },
  '3.8.3': { widens: true, swaps: false, plainDicts: false, shortLongs: false },
  '3.9': { widens: false, swaps: true, plainDicts: false, shortLongs: false },
  '3.10.5': { widens: false, swaps: false, plainDicts: false, shortLongs: false },
};

export const isDialect = /* @__PURE__ */ isOneOf(...Object.keys(rules));

/** The rules of a dialect. @default the newest */
export function dialectRules(dialect: PmtDialect = '3.10.5'): DialectRules {
  return rules[dialect];
}
