import type { Figure } from './Figure.js';
import type { Machine } from './machine.js';
import type { Settings } from './settings.js';

/** All that is known of a run once it is over. */
export interface Run {
  /** When it began. */
  readonly at: string;
  readonly machine: Machine;
  readonly settings: Settings;
  /** What this machine lacked to measure with. */
  readonly notes: readonly string[];
  /** What was found, by the name of its row. */
  readonly rows: Readonly<Record<string, readonly Figure[]>>;
  /** Why a row has no figures, by its name. */
  readonly missing: Readonly<Record<string, string>>;
}
