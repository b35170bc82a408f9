import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import { interval, map, type Observable, type Subscription } from 'rxjs';
import { frame, type Frame, json, lines, spectrum, toPub } from 'rxzmq';
import { type Gateway, type GatewayOptions, serve } from 'rxzmq/gateway';
import type { ScopeReadings } from 'rxzmq/scope';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSignal } from '../../examples/demo/signal.js';
import { browsers } from './browsers.mjs';
import { Pages } from './Pages.js';
import { Site } from './Site.js';

const patience = { timeout: 60_000, interval: 50 };
const rate = 2.048e6;
const centre = 433.92e6;
const bin = rate / 4096;
/** Tones of the signal: on a bin, between two, and off both; as Hz from the centre and dBFS. */
const tones = [
  { hz: 200 * bin, level: -20 },
  { hz: 800.5 * bin, level: -30.3 },
  { hz: -1200.27 * bin, level: -45.7 },
] as const;

interface SignalSettings {
  readonly sampleRate?: number;
  readonly centerFreq?: number;
  readonly places?: readonly { readonly hz: number; readonly level: number }[];
  readonly from?: number;
}

/** Frames of tones in some noise. */
function signal({ sampleRate = rate, centerFreq = centre, places = tones, from = 0 }: SignalSettings = {}): Frame {
  const samples = new Float32Array(2 * 8192);
  for (let i = 0; i < 8192; i += 1) {
    let re = 2e-4 * (Math.random() - 0.5);
    let im = 2e-4 * (Math.random() - 0.5);
    for (const { hz, level } of places) {
      const turn = (2 * Math.PI * hz * (from + i)) / sampleRate;
      re += 10 ** (level / 20) * Math.cos(turn);
      im += 10 ** (level / 20) * Math.sin(turn);
    }
    samples[2 * i] = re;
    samples[2 * i + 1] = im;
  }
  return frame(samples, { sampleRate, centerFreq });
}

/** Adds a steady carrier, for a marker. */
function withCarrier(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  return samples.map((value, i) => {
    const turn = (2 * Math.PI * 250e3 * (i >> 1)) / rate;
    return value + 0.01 * (i % 2 === 0 ? Math.cos(turn) : Math.sin(turn));
  });
}

describe.each(browsers)('a scope in $name', (browser) => {
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
  beforeEach(async () => void (site = await Site.open(0, { scope: true })));
  afterEach(async () => {
    for (const subscription of held.splice(0)) subscription.unsubscribe();
    const faults = await run('return faults');
    await page.close();
    await web.close();
    await site.close();
    expect(faults).toEqual([]);
  });

  const hold = (source: Observable<unknown>): void => void held.push(source.subscribe({ error: () => undefined }));
  const run = (program: string): Promise<unknown> => page.evaluate(`(async () => { ${program} })()`);
  const until = (condition: string): Promise<unknown> => page.waitForFunction(condition, { timeout: 60_000 });
  const readings = async (): Promise<ScopeReadings> => (await run('return view.readings')) as ScopeReadings;
  const pictures = (more = 0) => until(`view.readings?.pictures > ${more}`);

  /** Opens a page of a size, and a scope that fills it. */
  async function start(
    attributes: string,
    {
      width = 1280,
      height = 720,
      scale = 1,
      gateway = {},
    }: { width?: number; height?: number; scale?: number; gateway?: GatewayOptions } = {},
  ): Promise<void> {
    web = serve(site.server, gateway);
    page = await pages.page(site.url);
    await run(`
      globalThis.faults = [];
      addEventListener('error', ({ message }) => faults.push(message));
      addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));`);
    await page.setViewport({ width, height, deviceScaleFactor: scale });
    await show(attributes);
  }
  const show = (attributes: string) =>
    run(`
      document.body.innerHTML = '<rx-scope style="height: 100vh" ${attributes}></rx-scope>';
      globalThis.view = document.querySelector('rx-scope');`);
  const publish = (one: () => Frame = signal): void => {
    const frames = Array.from({ length: 8 }, one);
    hold(
      interval(15).pipe(
        map((n) => frames[n % frames.length]!),
        toPub(web.at('/iq')),
      ),
    );
  };
  /** Where a frequency is in the window, in CSS pixels. */
  const xOf = async (hz: number): Promise<number> => {
    const [{ low, high }, box] = [await readings(), (await run('return { width: innerWidth }')) as { width: number }];
    const [left, right] = box.width < 600 ? [0, 0] : [48, 10];
    return left + ((hz - low) / (high - low)) * (box.width - left - right);
  };
  /** What a click at a frequency has the marker read. */
  async function mark(hz: number) {
    await run('view.command("escape")');
    await until('!view.readings.marker');
    await page.mouse.click(await xOf(hz), 120);
    await until('!!view.readings.marker');
    return (await readings()).marker!;
  }

  it.each([
    { width: 1280, height: 720, scale: 1 },
    { width: 360, height: 640, scale: 2 },
    { width: 320, height: 480, scale: 1 },
  ])('$width pixels wide, shows tones where they are, and reads them off the marker', async (size) => {
    await start('src="/iq" average="1"', size);
    publish();
    await pictures(40);
    for (const { hz, level } of tones) {
      const { frequency, level: read } = await mark(centre + hz);
      expect(Math.abs(frequency - centre - hz)).toBeLessThan(bin / 2);
      expect(Math.abs(read - level)).toBeLessThan(0.5);
    }
    // pixels: the waterfall is brightest at the strongest tone
    await until('view.readings?.rows > innerHeight * 0.2');
    const x = (await xOf(centre + tones[0].hz)) * size.scale;
    const brightest = (await run(`
      view.command('escape');
      await new Promise((drawn) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(drawn)), 300));
      const canvas = view.shadowRoot.querySelector('canvas');
      const y = Math.round(canvas.height * 0.55);
      const from = innerWidth < 600 ? 60 * ${size.scale} : 50;
      const { data } = canvas.getContext('2d').getImageData(from, y, canvas.width - from - 12, 3);
      let most = -1, at = -1;
      for (let i = 0; i < data.length / 3; i += 4) {
        const light = data[i] + data[i + 1];
        if (light > most) [most, at] = [light, i / 4];
      }
      return at + from`)) as number;
    expect(Math.abs(brightest - x)).toBeLessThan(4 * size.scale);
    expect(await run('return view.shadowRoot.querySelector("canvas").width')).toBe(size.width * size.scale);
  });

  it('reads lines that a gateway has computed, at their frequencies and levels', async () => {
    await start('src="/lines"');
    hold(
      interval(4).pipe(
        map((n) => ({ ...signal({ from: 8192 * n }), sequence: n, timestampNs: BigInt(n) * 4_000_000n })),
        spectrum({ rate: 20 }),
        toPub(web.at('/lines'), { codec: lines }),
      ),
    );
    await pictures(5);
    for (const { hz, level } of tones) {
      const { frequency, level: read } = await mark(centre + hz);
      expect(Math.abs(frequency - centre - hz)).toBeLessThan(bin / 2);
      expect(Math.abs(read - level)).toBeLessThan(0.5);
    }
    expect((await readings()).figures.kind ?? 'lines').toBe('lines');
  });

  it('follows a sender that changes its rate, frequency and type in mid-stream', async () => {
    await start('src="/iq" average="1"');
    let current = signal();
    hold(
      interval(15).pipe(
        map(() => current),
        toPub(web.at('/iq')),
      ),
    );
    for (const [sampleRate, centerFreq, type] of [
      [rate, centre, 'cf32'],
      [500e3, 7.1e6, 'cf32'],
      [20e6, 2.45e9, 'ci16'],
      [48e3, 0, 'ci8'],
    ] as const) {
      const hz = sampleRate / 8;
      const floats = signal({ sampleRate, centerFreq, places: [{ hz, level: -12 }] });
      const scaled = (most: number) => (floats.samples as Float32Array).map((value) => value * most);
      current =
        type === 'cf32'
          ? floats
          : frame(type === 'ci16' ? Int16Array.from(scaled(32_768)) : (Int8Array.from(scaled(128)) as never), {
              sampleRate,
              centerFreq,
            });
      await until(`Math.abs(view.readings.high - view.readings.low - ${sampleRate}) < 1`);
      await run('view.command("escape")');
      await until('!view.readings.marker');
      await run('view.command("strongest")');
      await until('!!view.readings.marker');
      const { marker } = await readings();
      expect(Math.abs(marker!.frequency - centerFreq - hz)).toBeLessThan(sampleRate / 4096 / 2);
      expect(Math.abs(marker!.level + 12)).toBeLessThan(0.5);
    }
  });

  it('draws nothing and reads nothing while the page is hidden, and goes on after', async () => {
    await start('');
    publish();
    await run(`
      globalThis.read = 0;
      view.frames = rxzmq.fromSub('/iq', { conflate: true }).pipe(rxjs.tap(() => (read += 1)));
      globalThis.hide = (hidden) => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
        document.dispatchEvent(new Event('visibilitychange'));
      }`);
    await pictures(10);
    const [before, drawn] = (await run('hide(true); return [read, view.readings.pictures]')) as [number, number];
    await run('await new Promise((done) => setTimeout(done, 1500))');
    const [after, drawnAfter] = (await run('return [read, view.readings.pictures]')) as [number, number];
    expect(after - before).toBeLessThanOrEqual(2);
    expect(drawnAfter - drawn).toBeLessThanOrEqual(1);
    await run('hide(false)');
    await until(`read > ${after + 10}`);
    await pictures(drawn + 10);
  });

  it('transforms every sample in a worker, and on the page where there can be none', async () => {
    await start('coverage="all" src="/iq" average="1"');
    publish();
    await pictures(10);
    // a canvas that is a worker's has no context here
    const isHere = `(() => { try { return !!view.shadowRoot.querySelector('canvas').getContext('2d') } catch { return false } })()`;
    expect(await run(`return ${isHere}`)).toBe(false);
    await run('view.command("strongest")');
    await until('!!view.readings.marker');
    expect(Math.abs((await readings()).marker!.frequency - centre - tones[0].hz)).toBeLessThan(bin / 2);
    await page.mouse.wheel({ deltaY: 100 });

    await run(`view.worker = () => new Worker('/nothing/here.txt', { type: 'module' })`);
    await run('await new Promise((done) => setTimeout(done))');
    await pictures(3);
    expect(await run(`return ${isHere}`)).toBe(true);
    await until('view.readings.state.text === "live"');
  });

  it('obeys keys, pointer, wheel and buttons', async () => {
    await start('src="/iq"');
    publish();
    await pictures(5);
    const box = async () => (await readings()) as ScopeReadings & { width: number };
    await page.mouse.click(400, 100);
    await page.keyboard.press(' ');
    await until('view.readings.isPaused');
    await page.keyboard.press(' ');
    await until('!view.readings.isPaused');
    await page.keyboard.press('p');
    await until('view.readings.peakHold');
    const { high, low } = await box();
    await page.mouse.move(640, 300);
    await page.mouse.wheel({ deltaY: -400 });
    await until(`view.readings.high - view.readings.low < ${(high - low) / 1.5}`);
    await page.keyboard.press('0');
    await until(`view.readings.high - view.readings.low > ${(high - low) * 0.99}`);
    const { top } = (await box()).range;
    await page.mouse.move(700, 80);
    await page.mouse.down();
    await page.mouse.move(700, 110);
    await page.mouse.move(700, 140);
    await page.mouse.up();
    await until(`view.readings.range.top > ${top} && !view.readings.isAuto`);
    await run(`view.shadowRoot.querySelector('[data-command=auto]').click()`);
    await until('view.readings.isAuto');
    await run(`view.shadowRoot.querySelector('[data-command=theme]').click()`);
    await until(`view.dataset.theme === 'light' || view.dataset.theme === 'dark'`);
    await run('view.setAttribute("bare", "")');
    await until('view.shadowRoot.querySelector("button") === null');
    await run('view.removeAttribute("bare")');
    await until('view.shadowRoot.querySelector("button") !== null');
    expect(await run('return view.shadowRoot.querySelector("canvas").getAttribute("aria-label")')).toMatch(
      /spectrum and waterfall/,
    );
  });

  it('counts its pictures as the page does', async () => {
    await start('src="/iq"');
    publish();
    await pictures(10);
    await until('view.readings.figures.picturesPerSecond > 0');
    const [counted, first, last] = (await run(`
      let drawn = 0;
      const { prototype } = CanvasRenderingContext2D;
      const { putImageData } = prototype;
      prototype.putImageData = function (...all) { drawn += 1; return putImageData.apply(this, all); };
      const first = view.readings.pictures;
      await new Promise((done) => view.addEventListener('readings', done, { once: true }));
      drawn = 0;
      const begin = view.readings.pictures;
      for (let i = 0; i < 4; i += 1) await new Promise((done) => view.addEventListener('readings', done, { once: true }));
      return [drawn, begin, view.readings.pictures]`)) as [number, number, number];
    expect(counted).toBe(last - first);
  });

  it('says what is wrong: another codec, a wrong option, no WebSocket, a refusal, an end; and ends with its element', async () => {
    const refused = vi.fn();
    await start('src="/text"', {
      gateway: {
        authenticate: ({ token }) => token !== 'wrong',
        status: (status) => void (status.kind === 'refused' && refused()),
      },
    });
    hold(interval(20).pipe(toPub(web.at('/text'), { codec: json() })));
    publish();
    await until('view.readings?.state.text === "bad input"');
    expect((await readings()).state.reason).toMatch(/neither frames nor lines/);

    await show('src="/iq" bins="1000"');
    await until('view.readings?.state.text === "wrong"');
    expect((await readings()).state.reason).toMatch(/bins/);
    await show('src="tcp://radio:5555"');
    await until('view.readings?.state.text === "wrong"');
    expect((await readings()).state.reason).toMatch(/tcp/);
    await show('');
    await until('view.readings?.state.text === "no source"');

    await run(`document.body.innerHTML = '<rx-scope></rx-scope>'; globalThis.view = document.querySelector('rx-scope');
      view.token = 'wrong'; view.setAttribute('src', '/iq')`);
    await until('view.readings?.state.text === "refused"');
    expect(refused).toHaveBeenCalled();
    await run(`view.token = 'right'`);
    await until('view.readings?.state.text === "live"');
    expect(web.clients).toBe(1);

    // as it has no pixels, it draws nothing, and draws again when it has some
    await run(`view.style.display = 'none'`);
    await run('await new Promise((done) => setTimeout(done, 200))');
    const { pictures: before } = await readings();
    await run(`view.style.display = ''`);
    await pictures(before + 3);

    await run(`view.frames = rxjs.throwError(() => new Error('the radio is on fire'))`);
    await until('view.readings?.state.reason === "the radio is on fire"');
    await run(`view.frames = rxjs.of(7)`);
    await until('view.readings?.state.text !== "failed"');
    await run(`view.frames = undefined`);
    await until('view.readings?.state.text === "live"');
    await run('view.remove()');
    await vi.waitFor(() => expect(web.clients).toBe(0), patience);

    await run(`globalThis.WebSocket = undefined`);
    await show('src="/iq"');
    await until('view.readings?.state.text === "no connection"');
    expect((await readings()).state.reason).toMatch(/no WebSocket/);
  });

  it('reads and draws outside the zone in which its source is set, in a page with zone.js', async () => {
    await site.close();
    site = await Site.open(0, { scope: true, imports: "import 'zone.js';" });
    await start('');
    await run(`
      globalThis.zones = new Set();
      globalThis.tasks = [];
      const onScheduleTask = (parent, _, zone, task) => (tasks.push(task.source), parent.scheduleTask(zone, task));
      const application = Zone.current.fork({ name: 'application', onScheduleTask });
      const one = rxzmq.frame(new Float32Array(8192), { sampleRate: 1e6 });
      const frames = rxjs.interval(15).pipe(rxjs.map(() => one), rxjs.tap(() => zones.add(Zone.current.name)));
      application.run(() => void (view.frames = frames));`);
    await pictures(20);
    expect(await run('return [[...zones], tasks]')).toEqual([['<root>'], ['Promise.then']]);
  });

  it('says when the gateway goes, and goes on when it is back', async () => {
    await start('src="/iq"');
    publish();
    await until('view.readings?.state.text === "live"');
    const { port } = site;
    await web.close();
    await site.close();
    await until('["disconnected", "no connection"].includes(view.readings.state.text)');
    for (const subscription of held.splice(0)) subscription.unsubscribe();
    site = await Site.open(port, { scope: true });
    web = serve(site.server);
    publish();
    await until('view.readings.state.text === "live"');
  });

  it.runIf(browser.name === 'chrome').each([
    { name: 'scope', width: 840, height: 480, scale: 1, scheme: 'dark' },
    { name: 'scope-light', width: 840, height: 480, scale: 1, scheme: 'light' },
    { name: 'scope-phone', width: 360, height: 640, scale: 1, scheme: 'dark' },
  ])('is the picture $name of the docs', async ({ name, scheme, ...size }) => {
    await start(`src="/iq" theme="${scheme}" range="-94 -8" peak-hold peak-decay="6" peak-list`, size);
    const next = createSignal(rate, 8192);
    hold(
      interval(16).pipe(
        map(() => {
          for (let skipped = 0; skipped < 3; skipped += 1) next();
          return frame(withCarrier(next()), { sampleRate: rate, centerFreq: centre });
        }),
        toPub(web.at('/iq')),
      ),
    );
    await until('view.readings?.rows > innerHeight * 0.6');
    await mark(centre + 250e3);
    await page.mouse.move(5, size.height - 5);
    await run('await new Promise((drawn) => view.addEventListener("readings", drawn, { once: true }))');
    const picture = await page.screenshot({ type: 'webp', quality: 85 });
    expect(picture.length).toBeGreaterThan(10_000);
    // RXZMQ_PICTURES=1 npm run test:browser renews those that the docs show
    if (process.env['RXZMQ_PICTURES'] !== undefined) {
      await writeFile(fileURLToPath(new URL(`../../docs/images/${name}.webp`, import.meta.url)), picture);
    }
  });
});
