import { NatsLoadError } from '../../errors.js';
import type { LoadNats, NatsLibrary } from '../NatsLibrary.js';

const PACKAGES = '@nats-io/transport-node @nats-io/jetstream';

let loading: Promise<NatsLibrary> | undefined;

/**
 * Loads the NATS packages when they are first needed; rejects with a NatsLoadError if one is missing.
 *
 * @param readFile reads credentials files
 */
export function loadNats(readFile: NatsLibrary['readFile']): LoadNats {
  return async (isWeb) => {
    const library = await (loading ??= load(readFile));
    return isWeb ? { ...library, connect: library.core.wsconnect } : library;
  };
}

async function load(readFile: NatsLibrary['readFile']): Promise<NatsLibrary> {
  // With `catch` at each, esbuild leaves those alone that are not installed.
  const [node, jetstream] = await Promise.all([
    import(/* webpackIgnore: true */ '@nats-io/transport-node').catch(explain),
    import(/* webpackIgnore: true */ '@nats-io/jetstream').catch(explain),
  ]);
  return {
    core: node,
    jetstream,
    connect: (options) => node.connect(options),
    readFile,
  };
}

function explain(cause: unknown): never {
  loading = undefined; // they may be installed before the next try
  const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  throw new NatsLoadError(`nats:// endpoints need packages that are not here (npm install ${PACKAGES}): ${reason}`, {
    cause,
  });
}
