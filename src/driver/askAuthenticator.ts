import { describe } from '../basics/describe.js';
import type { Authenticate, Credentials } from './DriverSecurity.js';

/** The callbacks for the result of an authenticator: one of the two is called, once, and synchronously if the result is not a Promise. */
export interface AnswerListener {
  /** Accepted. A text is the user id. */
  admit(userId: string | undefined): void;
  deny(reason: string): void;
}

/** Calls the authenticator. An exception or a rejection refuses the peer, and so does any result that is neither `true` nor a text. */
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
  else listener.deny('authenticate refused the peer');
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** The password is left out of the reason, as reasons end up in logs. */
function failure(error: unknown, { password }: Credentials): string {
  const text = `authenticate failed: ${error instanceof Error ? error.message : describe(error)}`;
  return password ? text.replaceAll(password, '***') : text;
}
