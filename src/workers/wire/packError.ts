import { isCloneable } from './isCloneable.js';
import type { SentError } from './messages.js';

/** How many errors of a chain of causes are kept. */
const DEEPEST = 8;
/** The properties that have their own field in {@link SentError}. */
const PLACED = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/** Converts a thrown value: posted unchanged, an error would lose its name, its properties and often its cause. */
export function packError(thrown: unknown, depth = 1): SentError {
  if (!isError(thrown)) return { kind: 'value', value: isCloneable(thrown) ? thrown : String(thrown) };
  const { name, message, stack, cause, errors } = thrown as Error & { readonly errors?: unknown };
  const fields = Object.entries(thrown).filter(([key, value]) => !PLACED.has(key) && isCloneable(value));
  const hasMore = depth < DEEPEST;
  return {
    kind: 'error',
    name,
    message,
    stack,
    cause: hasMore && 'cause' in thrown ? packError(cause, depth + 1) : undefined,
    errors: hasMore && Array.isArray(errors) ? errors.map((error) => packError(error, depth + 1)) : undefined,
    fields: Object.fromEntries(fields),
  };
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
