interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly abort: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back once when a signal aborts; the returned function cancels that. All waiters of a signal share one listener: Node warns
 * at eleven, and each further one makes the next slower.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const { callbacks, abort } = waiting.get(signal) ?? listen(signal);
  callbacks.add(callback);
  return () => {
    if (!callbacks.delete(callback) || callbacks.size > 0) return;
    waiting.delete(signal);
    signal.removeEventListener('abort', abort);
  };
}

function listen(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  const abort = (): void => {
    waiting.delete(signal);
    for (const callback of callbacks) if (callbacks.delete(callback)) callback(); // one may cancel another
  };
  signal.addEventListener('abort', abort, { once: true });
  const entry = { callbacks, abort };
  waiting.set(signal, entry);
  return entry;
}
