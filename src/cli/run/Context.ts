import type { Observable } from 'rxjs';
import type { Output } from './Output.js';
import type { Stop } from './stopSignal.js';

/** What a command has of the process. */
export interface Context {
  readonly output: Output;
  /** Emits when the process is asked to end; fails if the results cannot be written. */
  readonly stop: Observable<Stop>;
  readonly env: NodeJS.ProcessEnv;
  /** The arguments, for lines that repeat them. */
  readonly args: readonly string[];
}
