import { describe, expectTypeOf, it } from 'vitest';
import { fromPull, fromSub, reply, request, requester, toPub, toPush } from 'rxzmq';
import type { curveKeyPair } from '../../src/security/curveKeyPair.js';
import type { curvePublicKey } from '../../src/security/curvePublicKey.js';
import type { Authenticate, Credentials, CurveCredentials } from '../../src/security/Credentials.js';
import type { CurveKey, Security } from '../../src/security/Security.js';
import type { SecurityError } from '../../src/errors.js';

const url = 'tcp://a:1';
const key = 'x'.repeat(40);

describe('security', () => {
  it('is an option of all six', () => {
    const security: Security = { mechanism: 'plain', username: 'a', password: 'b' };
    fromPull(url, { security });
    fromSub(url, { security });
    toPush(url, { security });
    toPub(url, { security });
    request(url, { security });
    requester(url, { security });
    reply(url, (frame) => frame, { security });
  });

  it('is one side of one mechanism', () => {
    const take = (_security: Security): void => undefined;
    take({ mechanism: 'null', authenticate: () => true });
    take({ mechanism: 'null', allow: ['10.0.0.0/8'], deny: ['10.0.0.1'] });
    take({ mechanism: 'plain', authenticate: async ({ username }) => username });
    take({ mechanism: 'curve', serverKey: key });
    take({ mechanism: 'curve', serverKey: new Uint8Array(32), publicKey: key, secretKey: key });
    take({ mechanism: 'curve', secretKey: key });
    take({ mechanism: 'curve', secretKey: key, authenticate: ({ publicKey }) => publicKey === key, allow: [] });
    // @ts-expect-error -- no such mechanism
    take({ mechanism: 'gssapi' });
    // @ts-expect-error -- a name needs its password
    take({ mechanism: 'plain', username: 'a' });
    // @ts-expect-error -- PLAIN asks, or has a name
    take({ mechanism: 'plain' });
    // @ts-expect-error -- not both
    take({ mechanism: 'plain', username: 'a', password: 'b', authenticate: () => true });
    // @ts-expect-error -- who proves who it is has no lists
    take({ mechanism: 'plain', username: 'a', password: 'b', allow: [] });
    // @ts-expect-error -- a server has a secret key
    take({ mechanism: 'curve' });
    // @ts-expect-error -- a public key is a client's, which knows its server's
    take({ mechanism: 'curve', publicKey: key, secretKey: key });
    // @ts-expect-error -- a client asks nobody
    take({ mechanism: 'curve', serverKey: key, authenticate: () => true });
    // @ts-expect-error -- NULL has no names
    take({ mechanism: 'null', username: 'a', password: 'b' });
    // @ts-expect-error -- 1 is no answer
    take({ mechanism: 'null', authenticate: () => 1 });
    // @ts-expect-error -- keys are text or bytes
    take({ mechanism: 'curve', serverKey: [1, 2, 3] });
  });

  it('shows authenticate what its mechanism proves', () => {
    const take = (_security: Security): void => undefined;
    take({ mechanism: 'null', authenticate: (who) => (expectTypeOf(who.address).toBeString(), true) });
    // @ts-expect-error -- NULL proves nothing
    take({ mechanism: 'null', authenticate: (who) => who.username === 'a' });
    take({
      mechanism: 'curve',
      secretKey: key,
      authenticate: (who) => (expectTypeOf(who).toEqualTypeOf<CurveCredentials>(), true),
    });
    // @ts-expect-error -- a key is no password
    take({ mechanism: 'curve', secretKey: key, authenticate: (who) => who.password === 'a' });

    const any: Authenticate = (who) => (who.mechanism === 'plain' ? who.username : who.address === '127.0.0.1');
    take({ mechanism: 'null', authenticate: any });
    take({ mechanism: 'plain', authenticate: any });
    take({ mechanism: 'curve', secretKey: key, authenticate: any });
    expectTypeOf<Credentials['mechanism'] | 'web'>().toEqualTypeOf<SecurityError['mechanism']>();
  });

  it('has keys that are text, and takes bytes as well', () => {
    expectTypeOf<ReturnType<typeof curveKeyPair>>().toEqualTypeOf<{
      readonly publicKey: string;
      readonly secretKey: string;
    }>();
    expectTypeOf<typeof curvePublicKey>().toEqualTypeOf<(secretKey: CurveKey) => string>();
    expectTypeOf<CurveKey>().toEqualTypeOf<string | Uint8Array>();
  });
});
