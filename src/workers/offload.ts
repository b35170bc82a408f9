import type { OperatorFunction } from 'rxjs';
import { MAX_BUFFERED } from '../demand/overflow.js';
import { OptionError } from '../errors.js';
import { describe } from '../basics/describe.js';
import { checkOptions } from '../options/rules.js';
import { operate } from '../rx/operate.js';
import { notifier } from '../rx/notifier.js';
import { startOffload } from './startOffload.js';
import { type OffloadOptions, offloadRules } from './OffloadOptions.js';
import type { AnyStage, StageInput, StageModule, StageOutput, StageSettings } from './stageTypes.js';

/** The options, which are optional if the stage needs no `settings`. */
export type OffloadArguments<M extends StageModule> =
  undefined extends StageSettings<M> ? [options?: OffloadOptions<M>] : [options: OffloadOptions<M>];

/**
 * Runs an expensive stage on worker threads, with back-pressure to its source while they are busy.
 *
 * Values are copied; of a typed array only its own part of the buffer. With one worker, the default, the stage may keep state from one
 * value to the next; with more, each worker gets only some of the values. Each subscription has its own workers, from its start to its
 * end. It cannot run in virtual time.
 *
 * **Delivery** Lossless, unless a worker dies and `onLost` replaces it. Each worker has one value, and one more waits.
 *
 * **Ends** Completes with its source, once all its values are done. Error: of the source; an exception of the stage, with its name,
 * message, stack and cause; a {@link StageError} if the stage cannot be loaded; a {@link WorkerError} if a worker dies; a
 * {@link CloneError} if something cannot be copied; an `OverflowError`; or the reason of `signal`. Whenever the stream ends, its
 * workers end at once, even in the middle of a value.
 * ```text
 * source   -a-b-c---------d->    d is ready at once, but read only when a is done
 * worker 1   A-----|  C-----|
 * worker 2     B-----|
 * output   --------A-B-----C->   workers: 2
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/offload.ts#main}
 * @typeParam M the module of the stage, `typeof import('./stage.js')`: the operator has its types
 * @param module the module of the stage: its default export is the result of `stage` of `rxzmq/stage`
 * @param options how many workers, the order of results, and whether memory is moved to them
 * @throws OptionError at the call
 * @see `pacedMap` for work that waits: for an answer, a file, a timer
 */
export function offload<M extends StageModule = AnyStage>(
  module: URL | string,
  ...[options = {} as OffloadOptions<M>]: OffloadArguments<M>
): OperatorFunction<StageInput<M>, StageOutput<M>> {
  const stage = moduleUrl(module);
  checkOptions('offload', options, offloadRules);
  const { workers = 1, ordered = true, transfer = false, settings, onLost, signal } = options;
  const { maxBuffered = MAX_BUFFERED, resourceLimits, execArgv } = options;
  return operate<StageInput<M>, StageOutput<M>>((out, gate) => {
    const lost = notifier(onLost, out.below);
    const given = { stage, workers, ordered, moves: transfer, maxBuffered, lost, signal };
    return startOffload({ ...given, settings, resourceLimits, execArgv }, out, gate);
  }, options);
}

function moduleUrl(module: unknown): string {
  const text = module instanceof URL ? module.href : module;
  if (typeof text === 'string' && /^[a-z][a-z+.-]+:/i.test(text)) return text;
  const hint = "new URL('./stage.js', import.meta.url)";
  throw new OptionError('module', module, `offload: module must be a URL, such as ${hint}, got ${describe(module)}`);
}
