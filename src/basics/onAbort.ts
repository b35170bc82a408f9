interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly abort: () => void;
}

const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back once when a signal aborts; the function it gives calls that off. However many wait for a signal, it has one listener:
 * Node warns at eleven, and each more makes the next slower.
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
    for (const callback of callbacks) if (callbacks.delete(callback)) callback(); // one may call off another
  };
  signal.addEventListener('abort', abort, { once: true });
  const entry = { callbacks, abort };
  waiting.set(signal, entry);
  return entry;
}
