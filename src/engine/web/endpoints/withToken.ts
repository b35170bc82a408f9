import type { WebSettings } from '../../../driver/SocketSettings.js';

/** Passes the token to `then`, at once unless it is a promise; or the error that prevented it to `failed`. */
export function withToken(
  token: WebSettings['token'],
  then: (token: string | undefined) => void,
  failed: (cause: unknown) => void,
): void {
  const take = (value: unknown): void => {
    if (typeof value === 'string') then(value);
    else failed(new TypeError(`option 'token' gave ${value === null ? 'null' : `a ${typeof value}`}, not a string`));
  };
  if (token === undefined) {
    then(undefined);
    return;
  }
  let given: string | PromiseLike<string>;
  try {
    given = typeof token === 'function' ? token() : token;
  } catch (error) {
    failed(error);
    return;
  }
  if (typeof (given as PromiseLike<string> | undefined)?.then === 'function') Promise.resolve(given).then(take, failed);
  else take(given);
}
