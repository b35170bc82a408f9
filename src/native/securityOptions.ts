import { encodeZ85 } from '../basics/z85.js';
import type { DriverSecurity } from '../driver/DriverSecurity.js';

/** The zeromq.js options for the security of a socket, except its ZAP domain. */
export function securityOptions(security: DriverSecurity | undefined): object {
  if (security === undefined || security.mechanism === 'null') return {};
  if (security.mechanism === 'plain') {
    if (!('username' in security)) return { plainServer: true };
    return { plainUsername: security.username, plainPassword: security.password };
  }
  const curveSecretKey = encodeZ85(security.secretKey);
  if (!('serverKey' in security)) return { curveServer: true, curveSecretKey };
  const { serverKey, publicKey } = security;
  return { curveServerKey: encodeZ85(serverKey), curvePublicKey: encodeZ85(publicKey), curveSecretKey };
}
