import { OptionError } from '../errors.js';
import type { SocketOptions } from './SocketOptions.js';

/** Options that only NATS has. */
const NATS_OPTIONS = ['nats', 'endOfStream', 'ack'] as const;

/**
 * Refuses options that only NATS has.
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
