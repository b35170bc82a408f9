import { from, interval, map, Subject } from 'rxjs';
import { frame, fromPull, json, raw, reply, toPub, toPush, type SocketStatus } from 'rxzmq';
import { serve } from 'rxzmq/gateway';
import { expect, it, vi } from 'vitest';
import { inBrowsers, patience } from './inBrowsers.js';
import { Site } from './Site.js';

inBrowsers((on) => {
  it('brings frames, as they are on Node', async () => {
    await on.start();
    const samples = Float32Array.from({ length: 8192 }, (_, i) => i / 8);
    on.hold(
      interval(10).pipe(
        map(() => frame(samples, { sampleRate: 48_000 })),
        toPub(on.web.at('/iq')),
      ),
    );
    await on.run(`rxzmq.fromSub('/iq').pipe(rxjs.take(20)).subscribe((frame) => heard.push(frame))`);
    await on.until('heard.length === 20');
    expect(
      await on.run(`const { samples, sampleRate, numSamples } = heard[3];
      return [samples.constructor.name, samples.length, samples[100], sampleRate, numSamples, heard[5].sequence - heard[4].sequence]`),
    ).toEqual(['Float32Array', 8192, 12.5, 48_000, 4096, 1]);
  });

  it('takes what a page pushes, all of it on completion', async () => {
    await on.start();
    const got: number[] = [];
    on.held.push(
      fromPull(on.web.at('/up'), { bind: true, codec: json<number>() }).subscribe((value) => got.push(value)),
    );
    await on.run(
      `await rxjs.lastValueFrom(rxzmq.fromIterable(Array.from({ length: 2500 }, (_, i) => i)).pipe(rxzmq.toPush('/up', { codec: rxzmq.json() })))`,
    );
    await vi.waitFor(() => expect(got).toHaveLength(2500), patience);
    expect(got).toEqual(Array.from({ length: 2500 }, (_, i) => i));
  });

  it('answers requests', async () => {
    await on.start();
    on.hold(reply(on.web.at('/tune'), (hz: number) => hz * 2, { codec: json<number>() }));
    expect(
      await on.run(
        `return rxjs.lastValueFrom(rxjs.of(1, 2, 3).pipe(rxzmq.request('/tune', { codec: rxzmq.json() }), rxjs.toArray()))`,
      ),
    ).toEqual([2, 4, 6]);
  });

  it('brings 4 MiB through a window of 256 KiB', async () => {
    await on.start();
    const large = new Uint8Array(4 << 20).fill(7);
    on.hold(
      from([[Uint8Array.of(1)], [large], [Uint8Array.of(2)], [large]]).pipe(toPush(on.web.at('/big'), { codec: raw })),
    );
    await on.run(
      `rxzmq.fromPull('/big', { codec: rxzmq.raw, windowBytes: 262144 }).subscribe(([part]) => heard.push(part.length))`,
    );
    await on.until('heard.length === 4');
    expect(await on.run('return heard')).toEqual([1, 4 << 20, 1, 4 << 20]);
  });

  it('has a page that takes nothing cost nothing: no bytes, no memory', async () => {
    await on.start();
    const statuses: SocketStatus[] = [];
    const samples = new Float32Array(8192);
    const out = toPub(on.web.at('/iq'), { status: (status) => void statuses.push(status) });
    on.hold(
      interval(2).pipe(
        map(() => frame(samples)),
        out,
      ),
    );
    await on.run(`
      globalThis.gate = new rxjs.Subject();
      rxzmq.fromSub('/iq', { windowBytes: 262144 }).pipe(
        rxzmq.pacedMap((frame) => gate.pipe(rxjs.take(1), rxjs.map(() => frame.sequence))),
      ).subscribe((sequence) => heard.push(sequence))`);
    await vi.waitFor(() => expect(statuses.some(({ kind }) => kind === 'dropped')).toBe(true), patience);
    const dropped = (): number =>
      statuses.reduce((sum, status) => sum + (status.kind === 'dropped' ? (status.count ?? 0) : 0), 0);
    const before = dropped();
    await vi.waitFor(() => expect(dropped()).toBeGreaterThan(before + 500), patience);
    expect(await on.run('return heard.length')).toBe(0);
    await on.run(`globalThis.opened = setInterval(() => gate.next(), 0)`);
    await on.until('heard.length > 200');
    const got = (await on.run('return heard')) as number[];
    expect(got.slice(0, 5)).toEqual(Array.from({ length: 5 }, (_, i) => got[0]! + i));
    expect(got.every((sequence, i) => i === 0 || sequence > got[i - 1]!)).toBe(true);
  });

  it('lets nobody in without the right token, and asks for a new one by itself', async () => {
    const refused = vi.fn();
    let right = 'first';
    await on.start({
      authenticate: ({ token }) => token === right && { userId: 'ann' },
      status: (status) => void (status.kind === 'refused' && refused(status)),
    });
    on.hold(reply(on.web.at('/tune'), (hz: number) => hz, { codec: json<number>() }));
    await on.run(`
      globalThis.token = 'wrong'; globalThis.asked = 0;
      globalThis.client = rxzmq.requester('/tune', { codec: rxzmq.json(), token: () => (asked++, Promise.resolve(token)), status: (s) => heard.push(s.kind + ' ' + (s.error?.code ?? '')) })`);
    await on.run(`client.request(1).subscribe({ error: () => 0 })`);
    await on.until(`heard.includes('handshakeFailed ERR_SECURITY')`);
    expect(await on.run('return asked')).toBe(2); // anew, once at once
    expect(refused).toHaveBeenCalled();
    await on.run(`client.close(); heard.length = 0; token = 'first'`);
    expect(
      await on.run(
        `return rxjs.lastValueFrom(rxjs.of(5).pipe(rxzmq.request('/tune', { codec: rxzmq.json(), token: () => token })))`,
      ),
    ).toBe(5);
    right = 'second';
  });

  it('tells a page nothing but that there is no connection where its origin is foreign, and the gateway why', async () => {
    const refused = vi.fn();
    await on.start({
      origins: ['https://elsewhere.example'],
      status: (status) => void (status.kind === 'refused' && refused(status)),
    });
    on.web.at('/iq');
    await on.run(`rxzmq.fromSub('/iq', { status: (s) => heard.push(s) }).subscribe()`);
    await on.until(`heard.some(({ kind }) => kind === 'retrying')`);
    expect(await on.run(`return heard.find(({ kind }) => kind === 'retrying').reason`)).toMatch(/origin/);
    await vi.waitFor(() => expect(refused).toHaveBeenCalled(), patience);
  });

  it('comes back to a gateway that was started again', async () => {
    await on.start();
    const { port } = on.site;
    const ticks = new Subject<number>();
    const serveTicks = (): void => on.hold(ticks.pipe(toPub(on.web.at('/t'), { codec: json() })));
    serveTicks();
    await on.run(
      `rxzmq.fromSub('/t', { codec: rxzmq.json(), status: (s) => heard.push(s.kind) }).subscribe((n) => heard.push(n))`,
    );
    const tick = setInterval(() => ticks.next(Date.now()), 20);
    await on.until(`heard.some((one) => typeof one === 'number')`);
    await on.web.close();
    await on.site.close();
    await on.until(`heard.includes('retrying')`);
    await on.run('heard.length = 0');
    on.site = await Site.open(port);
    on.web = serve(on.site.server);
    for (const subscription of on.held.splice(0)) subscription.unsubscribe();
    serveTicks();
    await on.until(`heard.some((one) => typeof one === 'number')`);
    clearInterval(tick);
  });

  it('says what a page cannot do, and what it can', async () => {
    await on.start();
    const said = (program: string) =>
      on.run(`try { ${program}; return 'nothing' } catch (error) { return error.code + ' ' + error.message }`);
    expect(await said(`rxzmq.fromSub('tcp://127.0.0.1:5555')`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
    expect(await said(`rxzmq.openSocket('pub')`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
    expect(await said(`rxzmq.curveKeyPair()`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
    expect(await said(`rxzmq.fromSub('/iq', { bind: true })`)).toMatch(/^ERR_OPTION/);
    expect(await said(`rxzmq.fromSub('/iq', { driver: 'native' })`)).toMatch(/^ERR_UNSUPPORTED .*wss/);
  });
});
