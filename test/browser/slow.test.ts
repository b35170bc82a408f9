import { interval, map, take, tap } from 'rxjs';
import { frame, type SocketStatus, toPub } from 'rxzmq';
import { expect, it, vi } from 'vitest';
import { inBrowsers } from './inBrowsers.js';
import { memoryOfTree } from './ProcessTree.js';

const MIB = 2 ** 20;
/** 20 s at 500 frames of 32 KiB a second, 16 MB/s: 312 MiB. */
const FRAMES = 10_000;

inBrowsers((on) => {
  it('a page that needs 10 ms for a frame holds no more of 16 MB/s than its window, and neither does the gateway', async () => {
    await on.start();
    const other = await on.pages.page(on.site.url);
    const samples = new Float32Array(8192);
    let made = 0;
    let dropped = 0;
    const status = (told: SocketStatus): void => {
      if (told.kind === 'dropped') dropped += told.count ?? 0;
    };
    on.hold(
      interval(2).pipe(
        take(FRAMES),
        tap(() => (made += 1)),
        map(() => frame(samples)),
        toPub(on.web.at('/iq'), { status, highWaterMark: 100 }),
      ),
    );
    await on.run(`
      const work = (frame) => { const end = performance.now() + 10; while (performance.now() < end); return frame; };
      rxzmq.fromSub('/iq', { windowBytes: 1048576 }).subscribe((frame) => heard.push(work(frame).sequence))`);
    await other.evaluate(`void rxzmq.fromSub('/iq').subscribe(({ sequence }) => heard.push(sequence))`);
    // A browser frees memory when it likes: what counts is the least that it had in a stretch of time.
    const least = async (from: number, to: number): Promise<readonly [browser: number, gateway: number]> => {
      let least = [Infinity, Infinity] as const;
      for (let at = from; at <= to; at += FRAMES / 20) {
        await vi.waitFor(() => expect(made).toBeGreaterThanOrEqual(at), { timeout: 60_000, interval: 20 });
        const [browser, gateway] = [memoryOfTree(on.pages.pid), process.memoryUsage().rss];
        least = [Math.min(least[0], browser), Math.min(least[1], gateway)];
      }
      return least;
    };
    const before = await least(FRAMES * 0.2, FRAMES * 0.4);
    const after = await least(FRAMES * 0.8, FRAMES);
    const heldMiB = { browser: (after[0] - before[0]) / MIB, gateway: (after[1] - before[1]) / MIB };
    console.log(`${on.name}: of 187 MiB offered`, heldMiB, `${dropped} of ${FRAMES} frames dropped`);
    expect(heldMiB.browser).toBeLessThan(130);
    expect(heldMiB.gateway).toBeLessThan(130);
    expect(dropped).toBeGreaterThan(0);
    for (const page of [on.page, other]) {
      const heard = (await page.evaluate('heard')) as number[];
      expect(heard.length).toBeGreaterThan(0);
      expect(heard.every((sequence, i) => i === 0 || sequence > heard[i - 1]!)).toBe(true);
    }
    await other.close();
  }, 600_000);

  it('shows a picture that is as old as its drawing where the gateway keeps the newest', async () => {
    await on.start();
    on.hold(
      interval(2).pipe(
        map(() => frame(new Float32Array(8192))),
        toPub(on.web.at('/iq')),
      ),
    );
    await on.run(`rxzmq.fromSub('/iq', { conflate: true }).pipe(rxzmq.animated())
      .subscribe(({ timestampNs }) => heard.push(performance.timeOrigin + performance.now() - Number(timestampNs) / 1e6))`);
    await on.until('heard.length >= 120');
    const ages = ((await on.run('return heard')) as number[]).sort((a, b) => a - b);
    console.log(`${on.name}: ${ages[60]!.toFixed(1)} ms old in the median, ${ages[108]!.toFixed(1)} at nine of ten`);
    expect(ages[12]).toBeLessThan(50); // a busy machine is late with some, and not with all
  });
});
