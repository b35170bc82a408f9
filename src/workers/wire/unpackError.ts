import type { SentError } from './messages.js';

const kinds = { AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

/** Restores a thrown value. Errors of built-in classes keep their class; others can be identified by `name` and `code`. */
export function unpackError(sent: SentError): unknown {
  if (sent.kind === 'value') return sent.value;
  const { name, message, stack, cause, errors, fields } = sent;
  const error = makeError(name, errors?.map(unpackError));
  const set = (key: string, value: unknown, enumerable: boolean): void => {
    Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true });
  };
  set('message', message, false);
  set('stack', stack, false);
  if (error.name !== name) set('name', name, false);
  if (cause !== undefined) set('cause', unpackError(cause), false);
  for (const [key, value] of Object.entries(fields)) set(key, value, true);
  return error;
}

function makeError(name: string, errors: readonly unknown[] | undefined): Error {
  if (errors !== undefined) return new AggregateError(errors);
  if (!Object.hasOwn(kinds, name) || name === 'AggregateError') return new Error();
  return new kinds[name as Exclude<keyof typeof kinds, 'AggregateError'>]();
}
