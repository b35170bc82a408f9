import type { Authenticator, ConnectionOptions } from '@nats-io/nats-core';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { OptionError } from '../errors.js';
import type { NatsLibrary } from './NatsLibrary.js';

const DEFAULT_CONNECT_MS = 5000;
/** The beginning of a credentials file. */
const BEGIN = '-----BEGIN';

/**
 * The options of a NATS connection. It reconnects by itself, each time after `delayMs()`.
 *
 * @throws OptionError if option `nats` has credentials that cannot be read
 */
export async function connectOptions(
  { nats, heartbeat, limits, reconnect, type }: SocketSettings,
  library: NatsLibrary,
  delayMs: () => number,
): Promise<ConnectionOptions> {
  const { servers, tls } = nats!;
  const authenticator = await authenticators(nats!.secrets(), library);
  return {
    servers: [...servers],
    name: `rxzmq ${type}`,
    reconnect: reconnect !== false,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: delayMs,
    ignoreAuthErrorAbort: true,
    noAsyncTraces: true,
    timeout: limits.handshakeTimeoutMs ?? DEFAULT_CONNECT_MS,
    ...(authenticator.length > 0 && { authenticator }),
    ...(tls && { tls: { ...tls } as NonNullable<ConnectionOptions['tls']> }),
    ...(heartbeat && {
      pingInterval: heartbeat.intervalMs,
      maxPingOut: Math.max(1, Math.round(heartbeat.timeoutMs / heartbeat.intervalMs)),
    }),
  };
}

async function authenticators(
  secrets: ReturnType<NonNullable<SocketSettings['nats']>['secrets']>,
  { core, readFile }: NatsLibrary,
): Promise<Authenticator[]> {
  const { user, password, token, nkey, credentials } = secrets;
  const all: Authenticator[] = [];
  if (user !== undefined) all.push(core.usernamePasswordAuthenticator(user, password));
  if (token !== undefined) all.push(core.tokenAuthenticator(token));
  if (nkey !== undefined) all.push(core.nkeyAuthenticator(new TextEncoder().encode(nkey)));
  if (credentials !== undefined) {
    const text = credentials.includes(BEGIN) ? credentials : await readFile(credentials).catch(unreadable);
    all.push(core.credsAuthenticator(new TextEncoder().encode(text)));
  }
  return all;
}

function unreadable(cause: unknown): never {
  const code = String((cause as { code?: unknown }).code);
  const text = `option 'nats.credentials' cannot be read (${code}): it must be the path of a credentials file, or its content`;
  throw new OptionError('nats.credentials', 'a text', text);
}
