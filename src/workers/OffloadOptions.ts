import type { ResourceLimits } from './node/openThread.js';
import { isBoolean, isDemand, isInteger, isSignal, type Rule, type Rules } from '../options/rules.js';
import { isListener, type Listener } from '../rx/notifier.js';
import type { OperateOptions } from '../rx/operate.js';
import type { WorkerError } from './errors.js';
import type { StageModule, StageSettings } from './stageTypes.js';

/** How `offload` runs a stage. */
export interface OffloadSettings extends Pick<OperateOptions, 'demand'> {
  /** How many threads run the stage; more than the machine has cores do not help. @default 1 */
  readonly workers?: number | undefined;
  /** Whether results keep the order of their values. `false`: what is ready first goes first. @default true */
  readonly ordered?: boolean | undefined;
  /**
   * Moves typed arrays that own their memory instead of copying them: they are empty afterwards for everybody else, so that nobody
   * else may have them. Those that share their memory with others are copied all the same. @default false
   */
  readonly transfer?: boolean | undefined;
  /**
   * Replaces a worker that has died, and hears of it here: `lost` of the error is the value whose results do not come any more.
   * A worker that dies while it starts is an error all the same. @default a worker that dies is an error of the stream
   */
  readonly onLost?: Listener<WorkerError> | undefined;
  /** Ends the stream when it aborts, with the signal's reason as its error. */
  readonly signal?: AbortSignal | undefined;
  /** How many values may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000 */
  readonly maxBuffered?: number | undefined;
  /** Node's `resourceLimits` of a worker, such as `{ maxOldGenerationSizeMb: 256 }`. @default Node's own */
  readonly resourceLimits?: ResourceLimits | undefined;
  /** Node's options for a worker, such as `['--enable-source-maps']`. @default those of this process */
  readonly execArgv?: readonly string[] | undefined;
}

/** Options of {@link offload}. */
export type OffloadOptions<M extends StageModule = never> = OffloadSettings &
  (undefined extends StageSettings<M>
    ? {
        /** What the stage gets beside each value; each worker has a copy of its own. */
        readonly settings?: StageSettings<M>;
      }
    : {
        /** What the stage gets beside each value; each worker has a copy of its own. */
        readonly settings: StageSettings<M>;
      });

const isAnything: Rule = () => undefined;
const isLimits: Rule = (value) => (typeof value === 'object' && value !== null ? undefined : 'an object');
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
  resourceLimits: isLimits,
  execArgv: isTexts,
} satisfies Rules;
