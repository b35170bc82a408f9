import { UnsupportedError } from '../errors.js';
import { CloneError, StageError } from './errors.js';
import { named, textOf } from './pool/texts.js';
import type { Thread, ThreadListener } from './threads/Thread.js';
import type { ResourceLimits } from './threads/ThreadSettings.js';
import { placeOf } from './wire/placeOf.js';
import { openThread } from '#platform';

export interface StartSettings {
  readonly stage: string;
  readonly settings: unknown;
  readonly resourceLimits: ResourceLimits | undefined;
  readonly execArgv: readonly string[] | undefined;
}

/**
 * Starts a worker.
 *
 * @throws CloneError if `settings` cannot be copied, StageError if no worker can be started, UnsupportedError
 */
export function startThread(of: string, given: StartSettings, listener: ThreadListener): Thread {
  const { stage, settings } = given;
  try {
    return openThread({ ...given, name: named(stage) }, listener);
  } catch (cause) {
    if (cause instanceof UnsupportedError) throw cause;
    if ((cause as Error).name === 'DataCloneError') {
      const place = placeOf(settings, "option 'settings'");
      throw new CloneError(stage, place, `${of}: ${place} cannot be copied to ${named(stage)}: ${textOf(cause)}`, {
        cause,
      });
    }
    throw new StageError(stage, `${of}: no worker for ${stage} can be started: ${textOf(cause)}`, { cause });
  }
}
