interface WorkerThreads {
  markAsUntransferable?(memory: object): void;
}

/** Only Node and its likes have it. Asking for it so is no import: a page has no such module. */
const { process } = globalThis as {
  readonly process?: { getBuiltinModule?(name: 'node:worker_threads'): WorkerThreads | undefined };
};
const threads = process?.getBuiltinModule?.('node:worker_threads');

/**
 * Keeps memory that several parts share from being transferred with one of them, which would empty the others. Node then clones
 * it, or from 21 on refuses to (`DataCloneError`). A page in a browser has no such thing.
 */
export function makeUntransferable(memory: ArrayBuffer): void {
  threads?.markAsUntransferable?.(memory);
}
