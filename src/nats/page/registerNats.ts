import { registerNatsDriver } from '#platform';
import { NatsLoadError, UnsupportedError } from '../../errors.js';
import { natsDriver } from '../natsDriver.js';
import type { LoadNats } from '../NatsLibrary.js';

/**
 * Enables NATS in browsers, over WebSocket: `nats+wss://host:port/base`. The bare `import 'rxzmq/nats'` does the same; call this function
 * for bundlers that drop imports without names, or to be explicit. Node does not need it.
 */
export function registerNats(): void {
  registerNatsDriver(natsDriver(loadNats));
}

const loadNats: LoadNats = async (isWeb) => {
  if (!isWeb)
    throw new UnsupportedError('a page reaches a server of NATS over WebSocket alone: nats+wss://host:port/base');
  try {
    const [core, jetstream] = await Promise.all([import('@nats-io/nats-core'), import('@nats-io/jetstream')]);
    const readFile = (): Promise<never> => Promise.reject(new UnsupportedError('a page has no files'));
    return { core, jetstream, connect: core.wsconnect, readFile };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const text = `nats+wss:// endpoints need packages that are not here (npm install @nats-io/nats-core @nats-io/jetstream): ${reason}`;
    throw new NatsLoadError(text, { cause });
  }
};
