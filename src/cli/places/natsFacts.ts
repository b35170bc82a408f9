import { authenticators } from '../../nats/authenticators.js';
import { NatsLoadError } from '../../nats/index.js';
import { parseNatsEndpoints } from '../../nats/settings/parseNatsEndpoints.js';
import { workQueueOf } from '../../nats/workQueue.js';
import type { Facts } from '../messages/factsText.js';
import { guessCodec } from '../messages/guessCodec.js';
import type { SecurityArguments } from '../options/securityOptions.js';
import { secretPiece } from '../options/secrets.js';
import { Failure } from '../run/Failure.js';

const TIMEOUT_MS = 5000;

/** What a server of NATS says about itself and about the work queue of a base. Nothing is taken from the queue. */
export async function natsFacts(endpoint: string, given: SecurityArguments): Promise<Facts> {
  const { servers, base } = parseNatsEndpoints('info', 'sub', endpoint);
  const library = await load();
  const client = await library.node
    .connect({
      servers: [...servers],
      timeout: TIMEOUT_MS,
      authenticator: authenticators(library.node, secretsOf(given)),
    })
    .catch((error: unknown) => {
      throw new Failure(`no server of NATS at ${endpoint}: ${error instanceof Error ? error.message : String(error)}`);
    });
  try {
    const { info } = client;
    const queue = workQueueOf(base);
    const facts: Facts = {
      endpoint,
      type: 'NATS',
      server: `${info?.server_name ?? 'unnamed'}, nats-server ${info?.version ?? 'of unknown version'}`,
      JetStream: info?.jetstream === true ? 'yes' : 'no',
      subjects: `iq.${base}.* for SUB, ${queue.stem}.* for PULL`,
    };
    if (info?.jetstream !== true) return facts;
    const manager = await library.jetstream.jetstreamManager(client, { checkAPI: false });
    const stream = await manager.streams.info(queue.stream).catch(() => undefined);
    if (!stream) return { ...facts, queue: `none of the name ${queue.stream}` };
    const consumer = await manager.consumers.info(queue.stream, queue.consumer).catch(() => undefined);
    const last = await manager.streams.getMessage(queue.stream, { last_by_subj: `${queue.stem}.>` }).catch(() => null);
    return {
      ...facts,
      queue: `${queue.stream}, ${stream.state.messages} messages, ${stream.state.bytes} bytes`,
      'being worked on': consumer && `${consumer.num_ack_pending} messages`,
      format: last ? guessCodec([last.data]).text : undefined,
    };
  } finally {
    await client.close();
  }
}

/** @throws UsageError for a secret that cannot be read */
function secretsOf({
  username,
  password,
  token,
  nkey,
  credentials,
}: SecurityArguments): Parameters<typeof authenticators>[1] {
  const file = credentials === undefined ? undefined : { from: 'file' as const, path: credentials };
  return {
    user: username,
    password: password && secretPiece('--password', password).make(),
    token: token && secretPiece('--token', token).make(),
    nkey: nkey && secretPiece('--nkey', nkey).make(),
    credentials: file && `${secretPiece('--credentials', file).make()}\n`, // the client's parser wants the end of the last line
  };
}

async function load() {
  try {
    const [node, jetstream] = await Promise.all([
      import(/* webpackIgnore: true */ '@nats-io/transport-node'),
      import(/* webpackIgnore: true */ '@nats-io/jetstream'),
    ]);
    return { node, jetstream };
  } catch (cause) {
    throw new NatsLoadError('info on nats:// needs packages that are not here', { cause });
  }
}
