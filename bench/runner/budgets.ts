import budgets from '../budgets.json' with { type: 'json' };
import type { Driver } from './drivers.js';
import type { Target } from './Figure.js';

/** What the contract asks figures of. */
export type Budget =
  keyof (typeof budgets)['native'] | keyof (typeof budgets)['engine'] | keyof (typeof budgets)['nats'];

type Budgets = Readonly<Partial<Record<Budget, Target | Readonly<Record<string, Target>>>>>;

/** What a driver's figure has to be, at a payload size where sizes matter; nothing where the contract asks nothing. */
export function targetOf(driver: Driver | 'nats', budget: Budget, size?: number): { target?: Target } {
  const all: Budgets = budgets[driver];
  const found = all[budget];
  if (found === undefined) return {};
  const target = isTarget(found) ? found : found[String(size)];
  return target ? { target } : {};
}

function isTarget(found: Target | Readonly<Record<string, Target>>): found is Target {
  return 'atLeast' in found || 'atMost' in found || 'below' in found;
}
