import type { ResourceLimits } from './threads/ThreadSettings.js';
import { isBoolean, isDemand, isGroup, isInteger, isSignal, type Rule, type Rules } from '../options/rules.js';
import { isListener, type Listener } from '../rx/notifier.js';
import type { OperateOptions } from '../rx/operate.js';
import type { WorkerError } from './errors.js';
import type { StageModule, StageSettings } from './stageTypes.js';

/** The settings of `offload`. */
export interface OffloadSettings extends Pick<OperateOptions, 'demand'> {
  /** How many threads run the stage. More threads than cores do not help. @default 1 */
  readonly workers?: number | undefined;
  /** Whether results keep the order of their values. `false`: results are emitted as soon as they are ready. @default true */
  readonly ordered?: boolean | undefined;
  /**
   * Moves typed arrays that own their memory instead of copying them. They are empty afterwards, so no other code may use them. Typed
   * arrays that share their memory with others are still copied. @default false
   */
  readonly transfer?: boolean | undefined;
  /**
   * Called when a worker has died; a new worker replaces it. `lost` of the error is the value whose remaining results are lost.
   * A worker that dies while it starts is still an error of the stream. @default a worker that dies is an error of the stream
   */
  readonly onLost?: Listener<WorkerError> | undefined;
  /** When it aborts, the stream ends with the reason of the signal as its error. */
  readonly signal?: AbortSignal | undefined;
  /** How many values from a source that ignores back-pressure may be queued; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
  /** Node's `resourceLimits` of a worker, such as `{ maxOldGenerationSizeMb: 256 }`; not in a page. @default those of Node */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** Node's options for a worker, such as `['--enable-source-maps']`; not in a page. @default those of this process */
  readonly execArgv?: readonly string[] | undefined;
}

/** Options of {@link offload}. */
export type OffloadOptions<M extends StageModule = never> = OffloadSettings &
  (undefined extends StageSettings<M>
    ? {
        /** The second argument of the stage, with each value; each worker has its own copy. */
        readonly settings?: StageSettings<M>;
      }
    : {
        /** The second argument of the stage, with each value; each worker has its own copy. */
        readonly settings: StageSettings<M>;
      });

const isAnything: Rule = () => undefined;
const isLimit: Rule = (value) => (typeof value === 'number' && value > 0 ? undefined : 'a number of MiB above 0');
const isTexts: Rule = (value) =>
  Array.isArray(value) && value.every((text) => typeof text === 'string') ? undefined : 'an array of strings';

export const offloadRules = {
  workers: isInteger(1),
  ordered: isBoolean,
  transfer: isBoolean,
  settings: isAnything,
  onLost: isListener,
  signal: isSignal,
  maxBuffered: isInteger(0),
  demand: isDemand,
  resourceLimits: isGroup({
    maxYoungGenerationSizeMb: isLimit,
    maxOldGenerationSizeMb: isLimit,
    codeRangeSizeMb: isLimit,
    stackSizeMb: isLimit,
  }),
  execArgv: isTexts,
} satisfies Rules;
