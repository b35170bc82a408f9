import type { Authenticator } from '@nats-io/nats-core';
import type { NatsSecrets } from '../driver/NatsSettings.js';
import type { NatsLibrary } from './NatsLibrary.js';

/** How a client shows a server who it is. `credentials` is what a credentials file says. */
export function authenticators(
  core: Pick<
    NatsLibrary['core'],
    'usernamePasswordAuthenticator' | 'tokenAuthenticator' | 'nkeyAuthenticator' | 'credsAuthenticator'
  >,
  { user, password, token, nkey, credentials }: NatsSecrets,
): Authenticator[] {
  const utf8 = new TextEncoder();
  const all: Authenticator[] = [];
  if (user !== undefined) all.push(core.usernamePasswordAuthenticator(user, password));
  if (token !== undefined) all.push(core.tokenAuthenticator(token));
  if (nkey !== undefined) all.push(core.nkeyAuthenticator(utf8.encode(nkey)));
  if (credentials !== undefined) all.push(core.credsAuthenticator(utf8.encode(credentials)));
  return all;
}
