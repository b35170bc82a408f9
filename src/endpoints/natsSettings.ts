import type { DriverSettings, OpenSettings } from '../driver/Driver.js';
import type { Endpoints } from '../driver/endpoints.js';
import type { EndpointType } from '../driver/SocketSettings.js';
import { OptionError } from '../errors.js';
import { pickNats } from '../platform/pickNats.js';
import type { SocketOptions } from './SocketOptions.js';

/** Options that mean something to NATS only. */
const NATS_OPTIONS = ['nats', 'endOfStream', 'ack'] as const;

/**
 * What a socket over NATS is opened with: its driver reads it, so that a page without NATS does not bring that.
 *
 * @throws OptionError, EndpointError, UnsupportedError
 */
export function natsSettings(
  kind: { readonly of: string; readonly type: EndpointType },
  endpoints: Endpoints,
  options: SocketOptions,
): DriverSettings & Pick<OpenSettings, 'driver'> {
  const driver = pickNats(kind.of, typeof endpoints === 'string' ? [endpoints] : endpoints, options.driver);
  return { driver, ...driver.settings!(kind, endpoints, options) };
}

/**
 * Makes sure that nothing was asked for that only NATS has.
 *
 * @throws OptionError
 */
export function refuseNatsOptions(of: string, options: SocketOptions): void {
  const given = options as Readonly<Record<string, unknown>>;
  const useless = NATS_OPTIONS.find((name) => given[name] !== undefined);
  if (useless === undefined) return;
  const value = useless === 'nats' ? 'an object' : given[useless];
  throw new OptionError(useless, value, `${of}: option '${useless}' is for nats:// endpoints`);
}
