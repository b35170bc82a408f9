import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom, NEVER, of, Subject, take, toArray } from 'rxjs';
import { fromPull, fromSub, json, pacedMap, raw, request, reply, type SocketStatus, toPub, toPush } from 'rxzmq';
import { type GatewayOptions, type GatewayStatus, serve } from 'rxzmq/gateway';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasNginx, nginxBefore } from './Nginx.js';

async function behindNginx(options: GatewayOptions) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const statuses: GatewayStatus[] = [];
  const web = serve(server, { lingerMs: 0, status: (status) => statuses.push(status), ...options });
  onTestFinished(async () => {
    await web.close();
    server.closeAllConnections();
    server.close();
  });
  const { port, log } = await nginxBefore((server.address() as AddressInfo).port);
  return { web, statuses, url: `ws://127.0.0.1:${port}`, log };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.skipIf(!hasNginx)('behind nginx', () => {
  const known = {
    trustProxy: ['127.0.0.1'],
    authenticate: ({ token }: { token?: string | undefined }) => token === 'geheim' && 'anna',
  };

  it('lets nobody in without authenticate, though all seem to be on this machine', async () => {
    const { web, url, statuses } = await behindNginx({ origins: 'any' });
    const running = NEVER.pipe(toPub(web.at('/iq'), { codec: raw })).subscribe();
    const page = fromSub(`${url}/iq`, { codec: raw }).subscribe();
    await until(() => statuses.length > 0);
    expect(statuses[0]).toMatchObject({ kind: 'refused', code: 403 });
    page.unsubscribe();
    running.unsubscribe();
  });

  it('passes the token, which stands in no log, and all kinds of sockets', async () => {
    const { web, url, log, statuses } = await behindNginx(known);
    const token = 'geheim';
    const serving = reply(web.at('/add'), (n: number) => n + 1, { codec: json<number>() }).subscribe();
    expect(await firstValueFrom(of(1).pipe(request(`${url}/add`, { codec: json<number>(), token })))).toBe(2);
    const pulled = firstValueFrom(
      fromPull(web.at('/up'), { codec: json<number>(), bind: true }).pipe(take(3), toArray()),
    );
    of(1, 2, 3)
      .pipe(toPush(`${url}/up`, { codec: json<number>(), bind: false, token }))
      .subscribe();
    expect(await pulled).toEqual([1, 2, 3]);
    serving.unsubscribe();
    expect(statuses[0]).toMatchObject({ kind: 'connected', userId: 'anna', address: '127.0.0.1' });
    await until(() => readFileSync(log, 'utf8').includes('/add'));
    expect(readFileSync(log, 'utf8')).not.toContain(Buffer.from(token).toString('base64url'));
  });

  it('keeps a silent connection, which nginx would cut, by its pings', async () => {
    const { web, url, statuses } = await behindNginx({ ...known, limits: { pingMs: 500 } }); // nginx cuts after 2 s
    const running = NEVER.pipe(toPub(web.at('/iq'), { codec: raw })).subscribe();
    const page = fromSub(`${url}/iq`, { codec: raw, token: 'geheim' }).subscribe();
    await until(() => web.clients === 1);
    await new Promise((resolve) => setTimeout(resolve, 6000));
    expect(statuses.map(({ kind }) => kind)).toEqual(['connected']);
    page.unsubscribe();
    running.unsubscribe();
  });

  it('lets back-pressure through: a page that takes nothing holds the source', async () => {
    const { web, url } = await behindNginx(known);
    const numbers = new Subject<Uint8Array[]>();
    const told: SocketStatus[] = [];
    let accepted = 0;
    const running = numbers
      .pipe(
        toPub(web.at('/iq'), {
          codec: raw,
          noDrop: true,
          maxBuffered: 1000,
          status: (status) => told.push(status),
          lingerMs: 0,
        }),
      )
      .subscribe(() => (accepted += 1));
    const page = fromSub(`${url}/iq`, { codec: raw, token: 'geheim', highWaterMark: 10 })
      .pipe(pacedMap(() => NEVER, { concurrency: 1 }))
      .subscribe();
    await until(() => told.some(({ kind }) => kind === 'subscribed'));
    const payload = [new Uint8Array(64 * 1024)];
    for (let i = 0; i < 1000; i += 1) {
      numbers.next(payload);
      if (i % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(accepted).toBeLessThan(150); // of 62 MiB: the page's window of 10, and 4 MiB here
    page.unsubscribe();
    running.unsubscribe();
  });
});
