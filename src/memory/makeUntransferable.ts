interface WorkerThreads {
  markAsUntransferable?(memory: object): void;
}

/** Only Node and similar platforms have it. This is not an import, as browsers do not have the module. */
const threads = (
  globalThis as {
    readonly process?: { getBuiltinModule?(name: 'node:worker_threads'): WorkerThreads | undefined };
  }
).process?.getBuiltinModule?.('node:worker_threads');

/**
 * Prevents that memory of several parts is transferred with one of them, which would empty the others. Node then clones it, or from
 * 21 on refuses (`DataCloneError`). Browsers have no such function.
 */
export function makeUntransferable(memory: ArrayBuffer): void {
  threads?.markAsUntransferable?.(memory);
}
