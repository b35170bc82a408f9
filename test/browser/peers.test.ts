import { interval, map } from 'rxjs';
import { frame, fromPull, json, reply, toPub } from 'rxzmq';
import { expect, it, vi } from 'vitest';
import { inBrowsers, patience } from './inBrowsers.js';
import { Site } from './Site.js';

inBrowsers((on) => {
  /** Runs a program in a Web Worker of the page. */
  const inWorker = (program: string): Promise<unknown> =>
    on.run(`
      globalThis.worker ??= new Worker('/worker.js', { type: 'module' });
      worker.postMessage(${JSON.stringify(program)});
      return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)))`);

  it('a Web Worker is a peer: it takes, pushes and asks', async () => {
    await on.start();
    const got: number[] = [];
    on.hold(
      interval(5).pipe(
        map(() => frame(new Float32Array(1024).fill(2))),
        toPub(on.web.at('/iq')),
      ),
    );
    on.held.push(
      fromPull(on.web.at('/up'), { bind: true, codec: json<number>() }).subscribe((value) => got.push(value)),
    );
    on.hold(reply(on.web.at('/tune'), (hz: number) => hz * 2, { codec: json<number>() }));
    const path = (name: string): string => `location.origin.replace('http', 'ws') + '/${name}'`;
    expect(
      await inWorker(`const frames = await rxjs.lastValueFrom(rxzmq.fromSub('/iq').pipe(rxjs.take(5), rxjs.toArray()));
        return frames.map(({ samples }) => samples[1023])`),
    ).toEqual([2, 2, 2, 2, 2]);
    expect(
      await inWorker(`await rxjs.lastValueFrom(rxzmq.fromIterable(Array.from({ length: 2500 }, (_, i) => i))
        .pipe(rxzmq.toPush(${path('up')}, { codec: rxzmq.json() }))); return 'all'`),
    ).toBe('all');
    await vi.waitFor(() => expect(got).toHaveLength(2500), patience);
    expect(
      await inWorker(`return rxjs.lastValueFrom(rxjs.of(1, 2, 3)
        .pipe(rxzmq.request(${path('tune')}, { codec: rxzmq.json() }), rxjs.toArray()))`),
    ).toEqual([2, 4, 6]);
  });

  it('a page from elsewhere is not let in, whatever it says', async () => {
    const elsewhere = await Site.open(0, { host: '127.0.0.2' });
    const refused = vi.fn();
    await on.start({ status: (status) => void (status.kind === 'refused' && refused(status)) }, elsewhere);
    const pulled = vi.fn();
    on.held.push(fromPull(on.web.at('/up'), { bind: true, codec: json<number>() }).subscribe(pulled));
    await on.run(`
      const url = 'ws://127.0.0.1:${on.site.port}/up';
      rxjs.of(1).pipe(rxzmq.toPush(url, { codec: rxzmq.json(), status: (s) => heard.push(s) })).subscribe();
      globalThis.bare = new WebSocket(url, ['rxzmq.1']);
      bare.onclose = ({ code, reason }) => (globalThis.bareEnd = { code, reason })`);
    await on.until(`heard.some(({ kind }) => kind === 'retrying') && globalThis.bareEnd !== undefined`);
    expect(await on.run('return bareEnd')).toEqual({ code: 1006, reason: '' });
    expect(await on.run(`return heard.find(({ kind }) => kind === 'retrying').reason`)).toMatch(/origin/);
    expect(refused).toHaveBeenCalledWith({
      kind: 'refused',
      path: '/up',
      address: '127.0.0.1',
      origin: `http://127.0.0.2:${elsewhere.port}`,
      code: 403,
      reason: "this Origin is not one of option 'origins'",
    });
    expect(pulled).not.toHaveBeenCalled();
    await elsewhere.close();
  });

  it('the gateway hears of a tab that is closed, and the others hear on', async () => {
    const kinds: string[] = [];
    await on.start({ status: ({ kind }) => void kinds.push(kind) });
    on.hold(
      interval(5).pipe(
        map(() => frame(new Float32Array(1024))),
        toPub(on.web.at('/iq')),
      ),
    );
    const other = await on.pages.page(on.site.url);
    for (const page of [on.page, other])
      await page.evaluate(`void rxzmq.fromSub('/iq').subscribe(({ sequence }) => heard.push(sequence))`);
    await vi.waitFor(() => expect(on.web.clients).toBe(2), patience);
    await other.close();
    await vi.waitFor(() => expect(on.web.clients).toBe(1), patience);
    expect(kinds.filter((kind) => kind === 'closed')).toHaveLength(1);
    await on.run('heard.length = 0');
    await on.until('heard.length > 20');
    expect(await on.run('return heard.every((sequence, i) => i === 0 || sequence === heard[i - 1] + 1)')).toBe(true);
  });
});
