import { interval, map, Subject, tap } from 'rxjs';
import { frame, json, toPub, type SocketStatus } from 'rxzmq';
import { expect, it, vi } from 'vitest';
import { inBrowsers, patience } from './inBrowsers.js';

/** No pings: what is written to the wire is frames alone. */
const silent = { limits: { pingMs: 3_600_000, goneMs: 7_200_000 } };

inBrowsers((on) => {
  /** Publishes frames of 32 KiB at `/iq`, and counts how many were made and how many were dropped for the page. */
  function publish(): { made: number; dropped: number } {
    const count = { made: 0, dropped: 0 };
    const status = (told: SocketStatus): void => {
      if (told.kind === 'dropped') count.dropped += told.count ?? 0;
    };
    const samples = new Float32Array(8192);
    on.hold(
      interval(2).pipe(
        tap(() => (count.made += 1)),
        map(() => frame(samples)),
        toPub(on.web.at('/iq'), { status, highWaterMark: 10 }),
      ),
    );
    return count;
  }
  const more = (count: { made: number }, by: number): Promise<void> => {
    const before = count.made;
    return vi.waitFor(() => expect(count.made).toBeGreaterThan(before + by), patience);
  };

  it('a page that takes nothing: no byte is on the wire, however much is offered', async () => {
    await on.start(silent);
    const count = publish();
    await on.run(`
      globalThis.gate = new rxjs.Subject();
      rxzmq.fromSub('/iq', { windowBytes: 262144 }).pipe(
        rxzmq.pacedMap((frame) => gate.pipe(rxjs.take(1), rxjs.map(() => frame.sequence))),
      ).subscribe((sequence) => heard.push(sequence))`);
    await vi.waitFor(() => expect(count.dropped).toBeGreaterThan(100), patience); // its window is full, and its queue
    const before = on.site.bytesWritten;
    await more(count, 500); // 16 MiB
    expect(on.site.bytesWritten - before).toBe(0);
    expect(await on.run('return heard.length')).toBe(0);
    await on.run('setInterval(() => gate.next(), 0)');
    await on.until('heard.length > 100');
    expect(on.site.bytesWritten).toBeGreaterThan(before);
  });

  it('a hidden page that draws: no byte is on the wire, and the picture goes on where it is seen again', async () => {
    await on.start(silent);
    const count = publish();
    await on.run(`rxzmq.fromSub('/iq', { conflate: true }).pipe(rxzmq.animated())
      .subscribe(({ sequence }) => heard.push(sequence))`);
    await on.page.bringToFront();
    await on.until('heard.length > 5');
    const other = await on.pages.page(on.site.url);
    await other.bringToFront();
    await on.until(`document.visibilityState === 'hidden'`);
    await more(count, 100); // what was on its way arrives
    const before = { bytes: on.site.bytesWritten, drawn: await on.run('return heard.length') };
    await more(count, 500);
    expect(on.site.bytesWritten - before.bytes).toBeLessThan(10_000); // the driver's own page loads nothing
    expect(await on.run('return heard.length')).toBe(before.drawn);
    const made = count.made;
    await other.close();
    await on.page.bringToFront();
    await on.until(`heard.at(-1) > ${made}`); // the newest, and not all that was missed
    expect(Number(await on.run('return heard.length')) - Number(before.drawn)).toBeLessThan(count.made - made + 10);
  });

  it('with conflate the newest message waits for a page that is busy, and no other', async () => {
    await on.start(silent);
    const numbers = new Subject<number>();
    let subscribed = false;
    on.hold(
      numbers.pipe(
        toPub(on.web.at('/n'), {
          codec: json<number>(),
          status: ({ kind }) => void (subscribed ||= kind === 'subscribed'),
        }),
      ),
    );
    await on.run(`
      globalThis.gate = new rxjs.Subject();
      rxzmq.fromSub('/n', { conflate: true, codec: rxzmq.json() }).pipe(
        rxzmq.pacedMap((n) => gate.pipe(rxjs.take(1), rxjs.map(() => n))),
      ).subscribe((n) => heard.push(n))`);
    await vi.waitFor(() => expect(subscribed).toBe(true), patience);
    for (let n = 1; n <= 1000; n += 1) {
      numbers.next(n);
      if (n % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await on.run('setInterval(() => gate.next(), 0)');
    await on.until('heard.includes(1000)');
    expect(await on.run('return heard.length')).toBeLessThan(6); // what was in its window, then the newest
  });

  it.skipIf(on.name === 'firefox')('a frozen page costs nothing, and comes back by itself when it thaws', async () => {
    const kinds: string[] = [];
    await on.start({ limits: { pingMs: 200, goneMs: 1000 }, status: ({ kind }) => void kinds.push(kind) });
    const count = publish();
    await on.run(
      `rxzmq.fromSub('/iq', { windowBytes: 262144, status: ({ kind }) => states.push(kind) })
      .subscribe(({ sequence }) => heard.push(sequence))`.replace(/^/, 'globalThis.states = [];'),
    );
    await on.until('heard.length > 10');
    const driver = await on.page.createCDPSession();
    await driver.send('Page.setWebLifecycleState', { state: 'frozen' });
    await vi.waitFor(() => expect(kinds).toContain('closed'), patience); // it answers no pings
    expect(on.web.clients).toBe(0);
    const before = on.site.bytesWritten;
    const made = count.made;
    await more(count, 500);
    expect(on.site.bytesWritten - before).toBeLessThanOrEqual(0);
    await driver.send('Page.setWebLifecycleState', { state: 'active' });
    await on.until(`heard.at(-1) > ${made}`);
    expect(kinds.filter((kind) => kind === 'connected')).toHaveLength(2);
    expect(await on.run('return states.includes("disconnected") && states.at(-1) !== "disconnected"')).toBe(true);
    expect(await on.run('return heard.every((sequence, i) => i === 0 || sequence > heard[i - 1])')).toBe(true);
  });
});
