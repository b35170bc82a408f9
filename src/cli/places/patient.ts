import { identity, type MonoTypeOperatorFunction, of, throwError, timeout } from 'rxjs';
import { Failure } from '../run/Failure.js';

/** How long a program that is only printed waits for a peer to say what it is. */
const CODE_PATIENCE_MS = 2000;

/** How long the answer of a peer may take. */
export interface Patience {
  /** Only the program is wanted: nobody waits long for a peer. */
  readonly isCode: boolean;
  /** How long the command lasts, in s: an answer that comes later is none. @default for ever */
  readonly seconds?: number | undefined;
}

/** Gives up on a peer that does not say what it is: a program goes on with the `assumed` type, a command fails with the text. */
export function patient(
  { isCode, seconds }: Patience,
  assumed: string,
  failure: string,
): MonoTypeOperatorFunction<string> {
  if (isCode) return timeout({ first: CODE_PATIENCE_MS, with: () => of(assumed) });
  if (seconds === undefined) return identity;
  return timeout({ first: Math.round(seconds * 1000), with: () => throwError(() => new Failure(failure)) });
}
