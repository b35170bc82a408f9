import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { onTestFinished } from 'vitest';
import type { NatsServer } from './NatsServer.js';

/** The official client on a server, closed with the test. */
export async function officialClient({ port }: NatsServer): Promise<NatsConnection> {
  const client = await connect({ servers: `127.0.0.1:${port}`, reconnect: false });
  onTestFinished(() => client.close().catch(() => undefined));
  return client;
}

/** What makes and looks at streams. */
export async function streamManager(server: NatsServer): Promise<JetStreamManager> {
  return jetstreamManager(await officialClient(server), { checkAPI: false });
}
