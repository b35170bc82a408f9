import { concatWith, interval, map, NEVER, take } from 'rxjs';
import { fromSub, json, toPub } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import type { Security } from '../../src/security/Security.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { drivers, mechanisms, pairs, pulling, pushing, SOON, stranger, TCP } from './support.js';

const { asks, proves } = mechanisms.curve;

describe.each(pairs)('those who are refused, where %s connects and %s binds', (connects, binds) => {
  it('do not disturb the others', async () => {
    const told = new Statuses();
    const numbers = interval(1).pipe(take(200), concatWith(NEVER), map(Number));
    collect(
      numbers.pipe(
        toPub<number>(TCP, {
          driver: binds,
          security: asks,
          codec: json<number>(),
          waitForSubscribers: 5,
          status: told,
        }),
      ),
    );
    const endpoint = await told.endpoint();
    const listen = (security: Security | undefined) => {
      const status = new Statuses();
      const options = { driver: connects, security, codec: json<number>(), reconnect: SOON, status };
      return { status, got: collect(fromSub<number>(endpoint, options)) };
    };
    const others = [
      { ...proves, serverKey: stranger.publicKey },
      { ...proves, ...stranger },
      mechanisms.plain.proves,
      undefined,
    ].map(listen);
    const ones = Array.from({ length: 5 }, () => listen(proves));
    const all = Array.from({ length: 200 }, (_, n) => n);
    for (const { got } of ones) expect(await got.first(200)).toEqual(all);
    for (const { got, status } of others) {
      await status.first('handshakeFailed');
      expect(got.values).toEqual([]);
    }
    for (const { status } of ones) expect(status.all.map(({ kind }) => kind)).not.toContain('disconnected');
  });
});

describe.each(drivers)('the engine, refused by %s', (binds) => {
  const reconnect = { initialMs: 10, maxMs: 400 };

  it.each([
    ['a wrong password', mechanisms.plain.asks, { ...mechanisms.plain.proves, password: 'close sesame' }],
    ['a key that is not known', asks, { ...proves, ...stranger }],
    ['being unwanted', mechanisms.null.refuses, undefined],
  ] as const)('waits for the slowest interval after %s', async (_what, refuses, security) => {
    const bound = pushing(TCP, { driver: binds, security: refuses });
    const end = pulling(await bound.statuses.endpoint(), { driver: 'engine', security, reconnect });
    expect((await end.statuses.first('retrying')).delayMs).toBeGreaterThanOrEqual(300);
  });

  it('comes in once it is wanted', async () => {
    const answers = [false, false, true];
    const authenticate = (): boolean => answers.shift() ?? false;
    const bound = pushing(TCP, { driver: binds, security: { mechanism: 'plain', authenticate } });
    const end = pulling(await bound.statuses.endpoint(), { driver: 'engine', security: mechanisms.plain.proves });
    expect(await end.got.first(1)).toEqual(['hello']);
    expect(end.statuses.all.filter(({ kind }) => kind === 'handshakeFailed')).toHaveLength(2);
  });

  it('comes in once the right server is there', async () => {
    const wrong = pushing(TCP, { driver: binds, security: { mechanism: 'curve', secretKey: stranger.secretKey } });
    const endpoint = await wrong.statuses.endpoint();
    const end = pulling(endpoint, { driver: 'engine', security: proves });
    await end.statuses.nth('handshakeFailed', 2);
    wrong.got.unsubscribe();
    await wrong.statuses.first('closed');
    pushing(endpoint, { driver: binds, security: asks });
    expect(await end.got.first(1)).toEqual(['hello']);
  });
});
