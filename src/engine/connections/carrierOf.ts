import { UnsupportedError } from '../../errors.js';
import type { Carrier } from '../carriers/Carrier.js';
import type { EngineContext } from '../context/EngineContext.js';

/** @throws UnsupportedError if the context does not have the transport */
export function carrierOf(context: EngineContext, endpoint: string): Carrier {
  const transport = endpoint.slice(0, endpoint.indexOf(':'));
  const carrier = context.carriers[transport];
  if (carrier === undefined)
    throw new UnsupportedError(`the engine has no transport '${transport}' here (${endpoint})`);
  return carrier;
}
