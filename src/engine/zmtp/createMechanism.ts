import { CurveClient } from './CurveClient.js';
import { CurveServer } from './CurveServer.js';
import type { HandshakeSettings } from './HandshakeSettings.js';
import type { Mechanism } from './Mechanism.js';
import { NullMechanism } from './NullMechanism.js';
import { PlainClient } from './PlainClient.js';
import { PlainServer } from './PlainServer.js';

/**
 * Creates this side of the mechanism that the settings choose.
 *
 * @throws ZmtpError if a key has a wrong length, or CURVE has no primitives
 */
export function createMechanism(settings: HandshakeSettings): Mechanism {
  const { security } = settings;
  if (security?.mechanism === 'plain') {
    return 'username' in security ? new PlainClient(settings, security) : new PlainServer(settings);
  }
  if (security?.mechanism === 'curve') {
    return 'serverKey' in security ? new CurveClient(settings, security) : new CurveServer(settings, security);
  }
  return new NullMechanism(settings);
}
