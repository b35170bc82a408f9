import type { ConnectionOptions } from '@nats-io/nats-core';
import type { NatsSecrets } from '../driver/NatsSettings.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { OptionError } from '../errors.js';
import { authenticators } from './authenticators.js';
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
  const authenticator = authenticators(library.core, await readSecrets(nats!.secrets(), library));
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

/** The secrets with what the credentials file says, where its path was given. */
async function readSecrets(secrets: NatsSecrets, { readFile }: NatsLibrary): Promise<NatsSecrets> {
  const { credentials } = secrets;
  if (credentials === undefined || credentials.includes(BEGIN)) return secrets;
  return { ...secrets, credentials: await readFile(credentials).catch(unreadable) };
}

function unreadable(cause: unknown): never {
  const code = String((cause as { code?: unknown }).code);
  const text = `option 'nats.credentials' cannot be read (${code}): it must be the path of a credentials file, or its content`;
  throw new OptionError('nats.credentials', 'a text', text);
}
