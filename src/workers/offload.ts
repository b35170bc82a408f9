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

/** The options, which may be left out where the stage needs no `settings`. */
export type OffloadArguments<M extends StageModule> =
  undefined extends StageSettings<M> ? [options?: OffloadOptions<M>] : [options: OffloadOptions<M>];

/**
 * Runs a heavy stage on worker threads, and holds its source back while they are busy.
 *
 * Values are copied, those of typed arrays without what else lies in their buffers. With one worker, which is the default, the
 * stage may keep what it likes from one value to the next; with more, each sees only some of them. Each subscription has workers
 * of its own, from its start to its end. Nothing of it runs in virtual time.
 *
 * **Delivery** Lossless, unless a worker dies and `onLost` replaces it. Each worker has one value, and one more waits.
 * **Ends** Completes with its source, once all its values are done. Error: of the source, what the stage throws, with its name,
 * message, stack and cause, a {@link StageError} where the stage cannot be loaded, a {@link WorkerError} where a worker dies, a
 * {@link CloneError} for what cannot be copied, an `OverflowError`, or the reason of `signal`. However it ends, so do its workers,
 * in the middle of a value too.
 * ```text
 * source   -a-b-c---------d->    would have d at once; it is read when a is done
 * worker 1   A-----|  C-----|
 * worker 2     B-----|
 * output   --------A-B-----C->   workers: 2
 * ```
 * **Example**
 * {@includeCode ../../examples/offload.ts#main}
 * @typeParam M the stage's module, `typeof import('./stage.js')`: its types are the operator's
 * @param module where the stage is: a module whose default export `stage` of `rxzmq/stage` has made
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
