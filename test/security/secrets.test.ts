import { inspect } from 'node:util';
import { of } from 'rxjs';
import { request, text, toPush } from 'rxzmq';
import { expect, it } from 'vitest';
import { decodeZ85 } from '../../src/basics/z85.js';
import { curveKeyPair } from '../../src/security/curveKeyPair.js';
import type { Security } from '../../src/security/Security.js';
import { collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { type End, pairs, pulling, pushing, replying, server, SOON, stranger, TCP } from './support.js';

const password = 'correct horse battery staple';
const known = curveKeyPair();
const proves: readonly Security[] = [
  { mechanism: 'plain', username: 'ali', password },
  { mechanism: 'curve', serverKey: server.publicKey, ...known },
  { mechanism: 'curve', serverKey: stranger.publicKey, ...known },
];
const asks: readonly Security[] = [
  { mechanism: 'plain', authenticate: () => false },
  { mechanism: 'plain', authenticate: (who) => Promise.reject(new TypeError(`no user ${who.password}`)) },
  { mechanism: 'curve', secretKey: server.secretKey, authenticate: () => false },
  { mechanism: 'curve', secretKey: server.secretKey },
];

/** All the ways in which a secret could show. */
const secrets = [password, known.secretKey, server.secretKey].flatMap((secret) => {
  const bytes = decodeZ85(secret) ?? Buffer.from(secret);
  const buffer = Buffer.from(bytes);
  return [
    secret,
    buffer.toString('hex').slice(0, 32),
    buffer.toString('base64').slice(0, 20),
    [...bytes].slice(0, 8).join(', '),
  ];
});

it.each(pairs)(
  'no password and no secret key is ever told, where %s connects and %s binds',
  async (connects, binds) => {
    const warnings = heardWarnings();
    const told: unknown[] = [];
    for (const theirs of asks) {
      for (const ours of proves) {
        const bound = pushing(TCP, { driver: binds, security: theirs, handshakeTimeoutMs: 100 });
        const endpoint = await bound.statuses.endpoint();
        const end = pulling(endpoint, { driver: connects, security: ours, handshakeTimeoutMs: 100 });
        const fits = theirs.authenticate === undefined && ours === proves[1];
        if (fits) await end.got.first(1);
        else await Promise.all([bound, end].map(({ statuses }) => statuses.first('handshakeFailed')));
        told.push(...(await ended(end)), ...(await ended(bound)));
      }
    }
    const [security, refuses] = [proves[0], asks[1]];
    const options = { driver: connects, security, codec: text, reconnect: SOON };
    const replier = replying(TCP, { driver: binds, security: refuses });
    const to = await replier.statuses.endpoint();
    told.push(await collect(of('x').pipe(request<string>(to, { ...options, connectTimeoutMs: 200 }))).error);
    const puller = pulling(TCP, { bind: true, driver: binds, security: refuses });
    const at = await puller.statuses.endpoint();
    told.push(await collect(of('x').pipe(toPush<string>(at, { ...options, bind: false, lingerMs: 200 }))).error);
    told.push(...(await ended(replier)), ...(await ended(puller)));

    await warnings.settled();
    const all = [
      inspect(told, { depth: null, showHidden: true, maxArrayLength: null, maxStringLength: null }),
      JSON.stringify(told),
      ...warnings.texts,
    ].join('\n');
    expect(told.length).toBeGreaterThan(50);
    expect(all).toContain('SecurityError');
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  },
);

async function ended({ got, statuses }: End<unknown>): Promise<readonly unknown[]> {
  got.unsubscribe();
  await statuses.first('closed');
  return statuses.all;
}
