import { readFile } from 'node:fs/promises';
import { NatsLoadError } from '../../errors.js';
import type { LoadNats, NatsLibrary } from '../NatsLibrary.js';

const PACKAGES = '@nats-io/transport-node @nats-io/jetstream';

let loading: Promise<NatsLibrary> | undefined;

/**
 * Loads the packages of NATS when they are first needed.
 *
 * @throws NatsLoadError where one is missing
 */
export const loadNats: LoadNats = async (isWeb) => {
  const library = await (loading ??= load().catch(explain));
  return isWeb ? { ...library, connect: library.core.wsconnect } : library;
};

async function load(): Promise<NatsLibrary> {
  const [node, jetstream] = await Promise.all([
    import(/* webpackIgnore: true */ '@nats-io/transport-node'),
    import(/* webpackIgnore: true */ '@nats-io/jetstream'),
  ]);
  return {
    core: node,
    jetstream,
    connect: (options) => node.connect(options),
    readFile: (path) => readFile(path, 'utf8'),
  };
}

function explain(cause: unknown): never {
  loading = undefined; // they may be installed by the next try
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  throw new NatsLoadError(`nats:// endpoints need packages that are not here (npm install ${PACKAGES}): ${reason}`, {
    cause,
  });
}
