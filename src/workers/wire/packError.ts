import { fieldOf, UNREADABLE } from './fieldOf.js';
import { isCloneable } from './isCloneable.js';
import type { SentError } from './messages.js';

/** How many errors of a chain of causes are kept. */
const DEEPEST = 8;
/** The properties that have their own field in {@link SentError}. */
const PLACED = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/**
 * Converts a thrown value: posted unchanged, an error would lose its name, its properties and often its cause. The result can always be
 * posted, whatever was thrown.
 */
export function packError(thrown: unknown, depth = 1): SentError {
  try {
    if (isError(thrown)) return packRealError(thrown, depth);
    return { kind: 'value', value: isCloneable(thrown) ? thrown : String(thrown) };
  } catch {
    return { kind: 'value', value: 'an exception that cannot be read' };
  }
}

function packRealError(thrown: Error, depth: number): SentError {
  const of = (key: string): unknown => fieldOf(thrown, key);
  const fields = Object.keys(thrown)
    .filter((key) => !PLACED.has(key))
    .map((key) => [key, of(key)] as const)
    .filter(([, value]) => isCloneable(value));
  const [stack, errors] = [of('stack'), of('errors')];
  const hasMore = depth < DEEPEST;
  return {
    kind: 'error',
    name: textOf(of('name')) ?? 'Error',
    message: textOf(of('message')) ?? '',
    stack: typeof stack === 'string' ? stack : undefined,
    cause: hasMore && 'cause' in thrown ? packError(of('cause'), depth + 1) : undefined,
    errors: hasMore && Array.isArray(errors) ? errors.map((error) => packError(error, depth + 1)) : undefined,
    fields: Object.fromEntries(fields),
  };
}

/** A program may have set anything as the text of an error. */
function textOf(value: unknown): string | undefined {
  const isMissing = [undefined, UNREADABLE].includes(value as symbol);
  return isMissing ? undefined : String(value);
}

function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
