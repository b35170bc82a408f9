import type { Codec } from '../../codecs/Codec.js';
import { describe } from '../../basics/describe.js';
import type { DriverSettings } from '../../driver/Driver.js';
import type { NatsOptions } from '../../driver/NatsSettings.js';
import type { EndpointType } from '../../driver/SocketSettings.js';
import { withoutSecrets } from '../../driver/withoutSecrets.js';
import { OptionError, UnsupportedError } from '../../errors.js';
import { currentVirtualTime } from '../../time/VirtualTime.js';
import { checkNatsOptions } from './checkNatsOptions.js';
import { parseNatsEndpoints } from './parseNatsEndpoints.js';

/** The options of all functions that concern NATS. */
interface AnyNatsOptions {
  readonly driver?: string | undefined;
  readonly bind?: boolean | undefined;
  readonly highWaterMark?: number | undefined;
  readonly nats?: NatsOptions | undefined;
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  readonly endOfStream?: boolean | undefined;
  readonly ack?: unknown;
}

/** The socket always reads from the server. So the queue must have space for all messages of one turn of the event loop. */
const SUB_HIGH_WATER_MARK = 65_536;

/** Options that do not apply to NATS. */
const ZEROMQ_OPTIONS = ['security', 'streamId', 'waitForSubscribers', 'correlate'] as const;

/**
 * The settings of a socket over NATS.
 *
 * @throws OptionError, EndpointError, UnsupportedError, VirtualTimeError
 */
export function natsSettings(
  { of, type }: { readonly of: string; readonly type: EndpointType },
  endpoints: unknown,
  options: AnyNatsOptions,
): DriverSettings {
  requireServer(of, endpoints, options.driver);
  const place = parseNatsEndpoints(of, type, endpoints);
  const given = options as Readonly<Record<string, unknown>>;
  const useless = ZEROMQ_OPTIONS.find((name) => given[name] !== undefined && given[name] !== false);
  if (useless !== undefined) {
    const hint = useless === 'security' ? "; option 'nats' has what proves who this is" : '';
    throw new OptionError(
      useless,
      useless === 'security' ? 'an object' : given[useless],
      `${of}: option '${useless}' is for ZeroMQ, not for NATS${hint}`,
    );
  }
  if (options.bind === true) {
    throw new OptionError(
      'bind',
      true,
      `${of}: option 'bind' cannot be true on ${describe(place.endpoints[0])}: all connect to the server`,
    );
  }
  const subjects = options.codec === undefined ? 'dpstream' : (options.codec.subjects ?? 'base');
  if (options.nats !== undefined) checkNatsOptions(of, options.nats);
  const { tls, queue, ...secrets }: NatsOptions = options.nats ?? {};
  if (queue !== undefined && type !== 'router') {
    throw new OptionError('nats.queue', queue, `${of}: option 'nats.queue' is for reply, got ${describe(queue)}`);
  }
  if (options.endOfStream === true && subjects !== 'dpstream' && (type === 'pub' || type === 'push')) {
    throw new OptionError(
      'endOfStream',
      true,
      `${of}: option 'endOfStream' cannot be true with this codec: it needs dpstream()`,
    );
  }
  const proven = { ...place.secrets, ...secrets };
  return {
    type,
    endpoints: place.endpoints,
    bind: false,
    requiresPeer: true,
    options: {},
    ...(type === 'sub' && options.highWaterMark === undefined && { highWaterMark: SUB_HIGH_WATER_MARK }),
    nats: {
      servers: place.servers,
      base: place.base,
      subjects,
      secrets: () => proven,
      tls: tls === true ? {} : tls === false ? undefined : tls,
      queue,
      ends: options.endOfStream !== false,
    },
  };
}

/** Throws in virtual time, which cannot include a server, and for a ZeroMQ driver, which cannot speak to it. */
function requireServer(of: string, endpoints: unknown, choice = 'auto'): void {
  const [first] = (Array.isArray(endpoints) ? endpoints : [endpoints]) as [string];
  const shown = describe(withoutSecrets(first));
  const virtual = currentVirtualTime();
  if (virtual) throw virtual.refusal(`${of}: ${shown} needs a server of NATS`);
  if (choice === 'auto') return;
  throw new UnsupportedError(`${of}: driver: '${choice}' speaks ZeroMQ and cannot do ${shown}; leave the option out`);
}
