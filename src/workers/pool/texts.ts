import type { Death } from '../threads/Thread.js';

/** The file name of a stage, for texts. */
export function named(stage: string): string {
  return stage.startsWith('data:') ? 'the stage' : stage.slice(stage.lastIndexOf('/') + 1);
}

/** The text of an error. */
export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Describes how a worker has died. */
export function deathText(
  stage: string,
  { error, exitCode }: Death,
  { isReady, isBusy }: { readonly isReady: boolean; readonly isBusy: boolean },
): string {
  const when = isReady ? (isBusy ? ', at work on a value' : ', with nothing to do') : ' before its stage was loaded';
  const isFull = (error as { readonly code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const how =
    error === undefined
      ? `has ended with exit code ${exitCode}`
      : isFull
        ? 'has run out of memory'
        : `has died of an error that nothing caught: ${textOf(error)}`;
  return `a worker of ${stage} ${how}${when}`;
}
