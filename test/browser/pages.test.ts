import type { Server } from 'node:http';
import { existsSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { from, interval, map, type Observable, Subject, type Subscription } from 'rxjs';
import { frame, fromPull, json, raw, reply, toPub, toPush, type SocketStatus } from 'rxzmq';
import { type Gateway, type GatewayOptions, serve } from 'rxzmq/gateway';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { browsers } from './browsers.mjs';
import { Pages } from './Pages.js';
import { Site } from './Site.js';

const patience = { timeout: 60_000, interval: 50 };

describe.each(browsers)('in $name', (browser) => {
  if (!existsSync(browser.path)) {
    const say = `${browser.path} is not installed`;
    if (process.env['CI'] === undefined) it.skip(say);
    else it(say, () => expect.fail(say));
    return;
  }

  let pages: Pages;
  let site: Site;
  let page: Page;
  let web: Gateway;
  const held: Subscription[] = [];

  beforeAll(async () => void (pages = await Pages.open(browser)));
  afterAll(() => pages.close());
  beforeEach(async () => void (site = await Site.open()));
  afterEach(async () => {
    for (const subscription of held.splice(0)) subscription.unsubscribe();
    await page.close();
    await web.close();
    await site.close();
  });

  async function start(options: GatewayOptions = {}, server: Server = site.server): Promise<void> {
    web = serve(server, options);
    page = await pages.page(site.url);
  }
  /** Runs a program in the page, which may await. */
  const run = (program: string): Promise<unknown> => page.evaluate(`(async () => { ${program} })()`);
  const until = (condition: string): Promise<unknown> => page.waitForFunction(condition, { timeout: 60_000 });
  const hold = (source: Observable<unknown>): void => void held.push(source.subscribe({ error: () => undefined }));

  it('brings frames, as they are on Node', async () => {
    await start();
    const samples = Float32Array.from({ length: 8192 }, (_, i) => i / 8);
    hold(
      interval(10).pipe(
        map(() => frame(samples, { sampleRate: 48_000 })),
        toPub(web.at('/iq')),
      ),
    );
    await run(`rxzmq.fromSub('/iq').pipe(rxjs.take(20)).subscribe((frame) => heard.push(frame))`);
    await until('heard.length === 20');
    expect(
      await run(`const { samples, sampleRate, numSamples } = heard[3];
      return [samples.constructor.name, samples.length, samples[100], sampleRate, numSamples, heard[5].sequence - heard[4].sequence]`),
    ).toEqual(['Float32Array', 8192, 12.5, 48_000, 4096, 1]);
  });

  it('takes what a page pushes, all of it on completion', async () => {
    await start();
    const got: number[] = [];
    held.push(fromPull(web.at('/up'), { bind: true, codec: json<number>() }).subscribe((value) => got.push(value)));
    await run(
      `await rxjs.lastValueFrom(rxzmq.fromIterable(Array.from({ length: 2500 }, (_, i) => i)).pipe(rxzmq.toPush('/up', { codec: rxzmq.json() })))`,
    );
    await vi.waitFor(() => expect(got).toHaveLength(2500), patience);
    expect(got).toEqual(Array.from({ length: 2500 }, (_, i) => i));
  });

  it('answers requests', async () => {
    await start();
    hold(reply(web.at('/tune'), (hz: number) => hz * 2, { codec: json<number>() }));
    expect(
      await run(
        `return rxjs.lastValueFrom(rxjs.of(1, 2, 3).pipe(rxzmq.request('/tune', { codec: rxzmq.json() }), rxjs.toArray()))`,
      ),
    ).toEqual([2, 4, 6]);
  });

  it('brings 4 MiB through a window of 256 KiB', async () => {
    await start();
    const large = new Uint8Array(4 << 20).fill(7);
    hold(from([[Uint8Array.of(1)], [large], [Uint8Array.of(2)], [large]]).pipe(toPush(web.at('/big'), { codec: raw })));
    await run(
      `rxzmq.fromPull('/big', { codec: rxzmq.raw, windowBytes: 262144 }).subscribe(([part]) => heard.push(part.length))`,
    );
    await until('heard.length === 4');
    expect(await run('return heard')).toEqual([1, 4 << 20, 1, 4 << 20]);
  });

  it('has a page that takes nothing cost nothing: no bytes, no memory', async () => {
    await start();
    const statuses: SocketStatus[] = [];
    const samples = new Float32Array(8192);
    const out = toPub(web.at('/iq'), { status: (status) => void statuses.push(status) });
    hold(
      interval(2).pipe(
        map(() => frame(samples)),
        out,
      ),
    );
    await run(`
      globalThis.gate = new rxjs.Subject();
      rxzmq.fromSub('/iq', { windowBytes: 262144 }).pipe(
        rxzmq.pacedMap((frame) => gate.pipe(rxjs.take(1), rxjs.map(() => frame.sequence))),
      ).subscribe((sequence) => heard.push(sequence))`);
    await vi.waitFor(() => expect(statuses.some(({ kind }) => kind === 'dropped')).toBe(true), patience);
    const dropped = (): number =>
      statuses.reduce((sum, status) => sum + (status.kind === 'dropped' ? (status.count ?? 0) : 0), 0);
    const before = dropped();
    await vi.waitFor(() => expect(dropped()).toBeGreaterThan(before + 500), patience);
    expect(await run('return heard.length')).toBe(0);
    await run(`globalThis.opened = setInterval(() => gate.next(), 0)`);
    await until('heard.length > 200');
    const got = (await run('return heard')) as number[];
    expect(got.slice(0, 5)).toEqual(Array.from({ length: 5 }, (_, i) => got[0]! + i));
    expect(got.every((sequence, i) => i === 0 || sequence > got[i - 1]!)).toBe(true);
  });

  it('lets nobody in without the right token, and asks for a new one by itself', async () => {
    const refused = vi.fn();
    let right = 'first';
    await start({
      authenticate: ({ token }) => token === right && { userId: 'ann' },
      status: (status) => void (status.kind === 'refused' && refused(status)),
    });
    hold(reply(web.at('/tune'), (hz: number) => hz, { codec: json<number>() }));
    await run(`
      globalThis.token = 'wrong'; globalThis.asked = 0;
      globalThis.client = rxzmq.requester('/tune', { codec: rxzmq.json(), token: () => (asked++, Promise.resolve(token)), status: (s) => heard.push(s.kind + ' ' + (s.error?.code ?? '')) })`);
    await run(`client.request(1).subscribe({ error: () => 0 })`);
    await until(`heard.includes('handshakeFailed ERR_SECURITY')`);
    expect(await run('return asked')).toBe(2); // anew, once at once
    expect(refused).toHaveBeenCalled();
    await run(`client.close(); heard.length = 0; token = 'first'`);
    expect(
      await run(
        `return rxjs.lastValueFrom(rxjs.of(5).pipe(rxzmq.request('/tune', { codec: rxzmq.json(), token: () => token })))`,
      ),
    ).toBe(5);
    right = 'second';
  });

  it('tells a page nothing but that there is no connection where its origin is foreign, and the gateway why', async () => {
    const refused = vi.fn();
    await start({
      origins: ['https://elsewhere.example'],
      status: (status) => void (status.kind === 'refused' && refused(status)),
    });
    web.at('/iq');
    await run(`rxzmq.fromSub('/iq', { status: (s) => heard.push(s) }).subscribe()`);
    await until(`heard.some(({ kind }) => kind === 'retrying')`);
    expect(await run(`return heard.find(({ kind }) => kind === 'retrying').reason`)).toMatch(/origin/);
    await vi.waitFor(() => expect(refused).toHaveBeenCalled(), patience);
  });

  it('comes back to a gateway that was started again', async () => {
    await start();
    const { port } = site;
    const ticks = new Subject<number>();
    const serveTicks = (): void => hold(ticks.pipe(toPub(web.at('/t'), { codec: json() })));
    serveTicks();
    await run(
      `rxzmq.fromSub('/t', { codec: rxzmq.json(), status: (s) => heard.push(s.kind) }).subscribe((n) => heard.push(n))`,
    );
    const tick = setInterval(() => ticks.next(Date.now()), 20);
    await until(`heard.some((one) => typeof one === 'number')`);
    await web.close();
    await site.close();
    await until(`heard.includes('retrying')`);
    await run('heard.length = 0');
    site = await Site.open(port);
    web = serve(site.server);
    for (const subscription of held.splice(0)) subscription.unsubscribe();
    serveTicks();
    await until(`heard.some((one) => typeof one === 'number')`);
    clearInterval(tick);
  });

  it('says what a page cannot do, and what it can', async () => {
    await start();
    const said = (program: string) =>
      run(`try { ${program}; return 'nothing' } catch (error) { return error.code + ' ' + error.message }`);
    expect(await said(`rxzmq.fromSub('tcp://127.0.0.1:5555')`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
    expect(await said(`rxzmq.openSocket('pub')`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
    expect(await said(`rxzmq.curveKeyPair()`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
    expect(await said(`rxzmq.fromSub('/iq', { bind: true })`)).toMatch(/^ERR_OPTION/);
    expect(await said(`rxzmq.fromSub('/iq', { driver: 'native' })`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
  });
});
