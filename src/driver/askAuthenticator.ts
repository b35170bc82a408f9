import { describe } from '../basics/describe.js';
import type { Authenticate, Credentials } from './DriverSecurity.js';

/** Who hears what an authenticator says: one of the two, once, and at once where it needs no time. */
export interface AnswerListener {
  /** Yes. A text says who it is. */
  admit(userId: string | undefined): void;
  deny(reason: string): void;
}

/** Asks. A throw or a rejection is a no, and so is whatever is neither `true` nor a text. */
export function askAuthenticator(authenticate: Authenticate, who: Credentials, listener: AnswerListener): void {
  let answer: unknown;
  let later: PromiseLike<unknown> | undefined;
  try {
    answer = authenticate(who);
    if (isPromiseLike(answer)) later = answer;
  } catch (error) {
    return listener.deny(failure(error, who));
  }
  if (later === undefined) return settle(answer, listener);
  // Promise.resolve: a thenable may call twice, or throw
  void Promise.resolve(later).then(
    (answer) => settle(answer, listener),
    (error: unknown) => listener.deny(failure(error, who)),
  );
}

function settle(answer: unknown, listener: AnswerListener): void {
  if (answer === true) listener.admit(undefined);
  else if (typeof answer === 'string') listener.admit(answer);
  else listener.deny('authenticate said no');
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** What it says of the password is left out: reasons end up in logs. */
function failure(error: unknown, { password }: Credentials): string {
  const text = `authenticate failed: ${error instanceof Error ? error.message : describe(error)}`;
  return password ? text.replaceAll(password, '***') : text;
}
