import { describe } from '../../basics/describe.js';
import { aside } from '../../demand/aside.js';
import { MAX_USER_CHARS } from '../../engine/web/hello.js';
import type { AuthenticateWeb, WebCredentials, WebUser } from './WebUser.js';

/** The result of authentication: the user (without `userId` if `authenticate` does not return one), or why the client is refused. */
export type Answer = { readonly user: Partial<WebUser> } | { readonly denied: string };

/** `Date.now()` has been above this since 1973: a smaller number must be in seconds. */
const LEAST_MS = 1e11;

/** Calls `authenticate` once. It calls back at once if that does not return a Promise. */
export function askWho(authenticate: AuthenticateWeb, who: WebCredentials, told: (answer: Answer) => void): void {
  let given: unknown;
  try {
    given = aside(undefined, () => authenticate(who));
  } catch (error) {
    told({ denied: failure(error, who) });
    return;
  }
  if (!isPromiseLike(given)) {
    told(readAnswer(given));
    return;
  }
  // Promise.resolve: a thenable may call twice, or throw
  void Promise.resolve(given).then(
    (answer) => told(readAnswer(answer)),
    (error: unknown) => told({ denied: failure(error, who) }),
  );
}

function readAnswer(answer: unknown): Answer {
  if (answer === true) return { user: {} };
  if (typeof answer === 'string' && answer !== '') return isTooLong(answer) ? TOO_LONG : { user: { userId: answer } };
  if (typeof answer !== 'object' || answer === null) return { denied: 'authenticate refused the peer' };
  const { userId, expiresAt, paths } = answer as { readonly [Name in keyof WebUser]?: unknown };
  if (typeof userId !== 'string' || userId === '') return { denied: 'authenticate gave a user without a userId' };
  if (isTooLong(userId)) return TOO_LONG;
  if (expiresAt !== undefined && (typeof expiresAt !== 'number' || !(expiresAt >= LEAST_MS))) {
    const text = `must be in ms, as Date.now() gives them, got ${describe(expiresAt)}`;
    return { denied: `authenticate gave a user whose expiresAt ${text}` };
  }
  if (paths !== undefined && !isTexts(paths)) {
    return { denied: `authenticate gave a user whose paths must be an array of texts, got ${describe(paths)}` };
  }
  return { user: { userId, expiresAt, paths } };
}

const TOO_LONG: Answer = { denied: `authenticate gave a userId of more than ${MAX_USER_CHARS} characters` };

function isTooLong({ length }: string): boolean {
  return length > MAX_USER_CHARS;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** The token is removed from the text, as reasons end up in logs. */
function failure(error: unknown, { token }: WebCredentials): string {
  const text = `authenticate failed: ${error instanceof Error ? error.message : describe(error)}`;
  if (token === undefined || token === '') return text;
  return text.replaceAll(token, '***').replaceAll(Buffer.from(token).toString('base64url'), '***');
}
