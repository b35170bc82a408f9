import { existsSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { interval, map, type Observable, type Subscription, take } from 'rxjs';
import { frame, fromPull, reply, toPub, type Frame } from 'rxzmq';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certificate } from '../interop/nats/certificates.js';
import { DopplerPeer, numbersOf } from '../interop/nats/DopplerPeer.js';
import { freePort } from '../helpers/freePort.js';
import { NatsServer } from '../interop/nats/NatsServer.js';
import { isHere, servers } from '../interop/nats/place.mjs';
import { browsers } from './browsers.mjs';
import { Pages } from './Pages.js';
import { Site } from './Site.js';

const installed = browsers.filter(({ path }) => existsSync(path));

describe.runIf(isHere).each(installed)('a page of $name on a server of NATS', (browser) => {
  let pages: Pages;
  let site: Site;
  let page: Page;
  const held: Subscription[] = [];

  beforeAll(async () => void (pages = await Pages.open(browser)));
  afterAll(() => pages.close());
  beforeEach(async () => {
    site = await Site.open(0, { imports: "import 'rxzmq/nats';" });
    page = await pages.page(site.url);
  });
  afterEach(async () => {
    for (const subscription of held.splice(0)) subscription.unsubscribe();
    await page.close();
    await site.close();
  });

  /** A server with a door for pages, and its endpoints for them and for programs. */
  async function start(websocket = 'no_tls: true', config = '') {
    const port = await freePort();
    const server = await NatsServer.start({
      path: servers.at(-1)!.path,
      config: `${config}\nwebsocket { host: 127.0.0.1, port: ${port}, ${websocket} }`,
    });
    return { server, port, url: (base: string) => `nats+ws://127.0.0.1:${port}/${base}` };
  }
  const run = (program: string): Promise<unknown> => page.evaluate(`(async () => { ${program} })()`);
  const until = (condition: string): Promise<unknown> => page.waitForFunction(condition, { timeout: 60_000 });
  const hold = (source: Observable<unknown>): void => void held.push(source.subscribe({ error: () => undefined }));

  it('gets the frames of a Publisher of doppler, and of toPub', async () => {
    const { server, url } = await start();
    await run(`rxzmq.fromSub('${url('iq')}').subscribe((frame) => heard.push(frame))`);
    await server.subscribed('iq.iq.CF32');
    const peer = await DopplerPeer.start('Publisher', server.at('iq'));
    await peer.do('send', { seed: 0, times: 3, count: 16, rate: 48_000 });
    await until('heard.length === 3');
    const [name, rate, numbers] = (await run(
      `const { samples, sampleRate } = heard[2]; return [samples.constructor.name, sampleRate, [...samples]]`,
    )) as unknown[];
    expect([name, rate]).toEqual(['Float32Array', 48_000]);
    expect(numbers).toEqual(numbersOf(2, 16));
    hold(
      interval(10).pipe(
        map(() => frame(new Int16Array([1, 2, 3, 4]))),
        toPub(server.at('iq')),
      ),
    );
    await until(`heard.some(({ sampleType }) => sampleType === 'ci16')`);
  });

  it('pushes to a Pull of doppler, pulls, and asks', async () => {
    const { server, url } = await start();
    const send = (base: string): string =>
      `rxzmq.fromIterable([0, 1, 2].map((n) => new Float32Array([n, n]))).pipe(rxzmq.toPush('${url(base)}'), rxjs.toArray())`;
    const sent = await run(`return (await rxjs.lastValueFrom(${send('up')})).map(({ sequence }) => sequence)`);
    expect(sent).toEqual([0, 1, 2]);
    const peer = await DopplerPeer.start('Pull', server.at('up'));
    for (let n = 0; n < 3; n += 1) expect(await peer.do('recv')).toMatchObject({ sequence: n, samples: [n, n] });

    await run(`await rxjs.lastValueFrom(${send('again')})`);
    await run(`rxzmq.fromPull('${url('again')}').subscribe(({ sequence }) => heard.push(sequence))`);
    await until('heard.length === 3');
    const left: Frame[] = [];
    held.push(fromPull(server.at('again')).subscribe((one) => left.push(one)));

    hold(reply(server.at('ask'), ({ samples }: Frame) => Float32Array.from(samples as Float32Array, (x) => 2 * x)));
    await server.subscribed('ask');
    const answer = await run(
      `return [...(await rxjs.lastValueFrom(rxjs.of(new Float32Array([1, 2])).pipe(rxzmq.request('${url('ask')}')))).samples]`,
    );
    expect(answer).toEqual([2, 4]);
    expect(left).toEqual([]); // the page has acknowledged them
  });

  it('comes back to a server that was started again, and shows no token', async () => {
    const { server, port } = await start('no_tls: true', 'authorization { token: "let-me-in" }');
    const url = `nats+ws://let-me-in@127.0.0.1:${port}/iq`;
    await run(
      `globalThis.told = []; rxzmq.fromSub('${url}', { status: (s) => told.push(s) }).subscribe((frame) => heard.push(frame))`,
    );
    await until(`told.some(({ kind }) => kind === 'connected')`);
    await server.kill();
    await until(`told.some(({ kind }) => kind === 'disconnected')`);
    await server.start();
    await until(`told.filter(({ kind }) => kind === 'connected').length === 2`);
    expect(await run(`return told.filter(({ kind }) => kind === 'disconnected').length`)).toBe(1);
    await server.subscribed('iq.iq.CF32');
    hold(
      interval(20).pipe(
        take(50),
        map(() => frame(new Float32Array(2))),
        toPub(server.at('iq', 'let-me-in@')),
      ),
    );
    await until('heard.length > 0');
    expect(JSON.stringify(await run('return told'))).not.toContain('let-me-in');
  });

  it('says that it reaches servers over WebSocket alone', async () => {
    const told = await run(
      `return new Promise((told) => rxzmq.fromSub('nats://127.0.0.1:4222/iq').subscribe({ error: ({ code, message }) => told([code, message]) }))`,
    );
    expect(told).toEqual(['ERR_UNSUPPORTED', expect.stringContaining('nats+wss://')]);
  });

  it.runIf(browser.name === 'chrome')('goes over TLS', async () => {
    const { cert, key } = certificate();
    const { server, port } = await start(`tls { cert_file: "${cert}", key_file: "${key}" }`);
    const trusting = await Pages.open(browser, ['--ignore-certificate-errors']);
    try {
      const secure = await trusting.page(site.url);
      const url = `nats+wss://127.0.0.1:${port}/iq`;
      await secure.evaluate(`rxzmq.fromSub('${url}').subscribe((frame) => heard.push(frame)), undefined`);
      await server.subscribed('iq.iq.CF32');
      hold(
        interval(20).pipe(
          map(() => frame(new Float32Array(2))),
          toPub(server.at('iq')),
        ),
      );
      await secure.waitForFunction('heard.length > 0', { timeout: 60_000 });
    } finally {
      await trusting.close();
    }
  });
});
