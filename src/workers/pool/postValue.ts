import { CloneError } from '../errors.js';
import { pack } from '../wire/pack.js';
import { placeOf } from '../wire/placeOf.js';
import { named, textOf } from './texts.js';
import type { Thread } from '../threads/Thread.js';

interface PostSettings {
  readonly of: string;
  readonly stage: string;
  readonly moves: boolean;
}

/**
 * Posts a value to a stage: copied, or moved as far as possible.
 *
 * @throws CloneError
 */
export function postValue({ of, stage, moves }: PostSettings, thread: Thread, value: unknown): void {
  if (moves) {
    try {
      post(thread, value, true);
      return;
    } catch {
      // memory that cannot be moved can perhaps be copied
    }
  }
  try {
    post(thread, value, false);
  } catch (cause) {
    const place = placeOf(value, 'the value');
    throw new CloneError(stage, place, `${of}: ${place} cannot be copied to ${named(stage)}: ${textOf(cause)}`, {
      cause,
    });
  }
}

function post(thread: Thread, value: unknown, moves: boolean): void {
  const packed = pack(value, moves);
  thread.post({ kind: 'value', value: packed.value }, packed.moved);
}
