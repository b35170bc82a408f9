import { firstValueFrom, of } from 'rxjs';
import { DrainError, request, requester, RequestTimeoutError, text, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import type { SecurityError } from '../../src/errors.js';
import type { Security } from '../../src/security/Security.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { mechanisms, pairs, pulling, replying, SOON, stranger, TCP } from './support.js';

const wrong: readonly (readonly [string, Security, Security | undefined])[] = [
  ['a wrong password', mechanisms.plain.asks, { ...mechanisms.plain.proves, password: 'close sesame' }],
  ['a key that is not known', mechanisms.curve.asks, { ...mechanisms.curve.proves, ...stranger }],
  ['another server', mechanisms.curve.asks, { ...mechanisms.curve.proves, serverKey: stranger.publicKey }],
  ['no security', mechanisms.curve.asks, undefined],
  ['another mechanism', mechanisms.plain.asks, mechanisms.curve.proves],
  ['being unwanted', mechanisms.null.refuses, undefined],
];

describe.each(pairs.filter(([one, other]) => one !== other))(
  'a request, where %s connects and %s binds',
  (connects, binds) => {
    it.each(wrong)('says why there is no peer: %s', async (_what, asks, security) => {
      const bound = replying(TCP, { driver: binds, security: asks });
      const statuses = new Statuses();
      const endpoint = await bound.statuses.endpoint();
      const given = {
        driver: connects,
        security,
        codec: text,
        reconnect: SOON,
        connectTimeoutMs: 1000,
        status: statuses,
      };
      const error = await collect(of('hello').pipe(request<string>(endpoint, given))).error;
      const { error: cause } = statuses.all.filter(({ kind }) => kind === 'handshakeFailed').at(-1) as {
        error: SecurityError;
      };
      expect(error).toBeInstanceOf(RequestTimeoutError);
      expect(error).toMatchObject({ sent: false, cause });
      expect(cause).toMatchObject({ code: 'ERR_SECURITY', endpoint, mechanism: security?.mechanism ?? 'null' });
      expect((error as Error).message).toBe(`request: no peer at ${endpoint} within 1000 ms (1 try): ${cause.message}`);
      expect(bound.got.values).toEqual([]);
    });
  },
);

describe.each(pairs)('what waits says why, where %s connects and %s binds', (connects, binds) => {
  it('a requester', async () => {
    const bound = replying(TCP, { driver: binds, security: mechanisms.plain.refuses });
    const security = mechanisms.plain.proves;
    const given = { driver: connects, security, codec: text, connectTimeoutMs: 1000 };
    const handle = requester<string>(await bound.statuses.endpoint(), given);
    const error: unknown = await firstValueFrom(handle.request('hello')).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'ERR_REQUEST_TIMEOUT', cause: { code: 'ERR_SECURITY', mechanism: 'plain' } });
    await handle.close();
  });

  it('a sink at its end', async () => {
    const bound = pulling(TCP, { bind: true, driver: binds, security: mechanisms.plain.refuses });
    const endpoint = await bound.statuses.endpoint();
    const security = mechanisms.plain.proves;
    const given = { bind: false, driver: connects, security, codec: text, lingerMs: 1000, reconnect: SOON };
    const error = await collect(of('hello').pipe(toPush<string>(endpoint, given))).error;
    expect(error).toBeInstanceOf(DrainError);
    expect(error).toMatchObject({ cause: { code: 'ERR_SECURITY', endpoint, mechanism: 'plain' } });
    expect((error as Error).message).toContain(`: security (PLAIN) failed on ${endpoint}: `);
  });
});
