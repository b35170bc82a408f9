import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { browsers } from '../../browser/browsers.mjs';
import { Pages } from '../../browser/Pages.js';
import { apps } from './apps.js';
import { plainEnvironment, runNode } from './runNode.js';
import { Station } from './Station.js';

const patience = { timeout: 60_000, interval: 20 };
const NG = 'node_modules/@angular/cli/bin/ng.js';
const [chromium] = browsers;

describe.each(apps)('an application of the $name Angular, without $without', ({ name }) => {
  const { folder, node } = inject('angularApps')[name];

  it('is built ahead of time, and prerendered without a socket, and both end', async () => {
    const { output, code } = await runNode(node, folder, NG, 'build');
    expect({ output, code }).toMatchObject({ code: 0, output: expect.not.stringMatching(/warning/i) as string });
    const page = readFileSync(join(folder, 'dist/radio/browser/index.html'), 'utf8');
    expect(page).toContain('Sign in to listen');
    expect(page).toMatch(/role="status"[^>]*>idle</);
  });

  it('passes its specs, which open no socket', async () => {
    const { output, code } = await runNode(node, folder, NG, 'test', '--watch=false');
    console.log(output.match(/^ *Tests .*$/m)?.[0] ?? output);
    expect({ output, code }).toMatchObject({ code: 0, output: expect.stringMatching(/Tests +\d+ passed/) as string });
  });

  describe('in Chromium', () => {
    if (!existsSync(chromium!.path)) {
      const say = `${chromium!.path} is not installed`;
      if (process.env['CI'] === undefined) it.skip(say);
      else it(say, () => expect.fail(say));
      return;
    }

    let pages: Pages;
    let station: Station;
    let page: Page;
    let complaints: string[];
    beforeAll(async () => void (pages = await Pages.open(chromium!)));
    afterAll(() => pages.close());
    beforeEach(async () => {
      station = await Station.open(folder);
      page = await pages.page(station.url, 'document.querySelector("app-root form") !== null');
      complaints = [];
      page.on('console', (message) => void (message.type() === 'error' && complaints.push(message.text())));
      page.on('pageerror', (error) => void complaints.push(String(error)));
      await page.reload(); // with all that hydration has to say
    });
    afterEach(async () => {
      await page.close();
      await station.close();
    });
    const until = (condition: string): Promise<unknown> => page.waitForFunction(condition, { timeout: 60_000 });
    const badge = (state: string) => until(`document.querySelector('header [role=status]').textContent === '${state}'`);
    const shows = (text: string) => until(`document.querySelector('main').textContent.includes('${text}')`);
    const sequence = async (): Promise<number> =>
      Number(/frame (\d+)/.exec((await page.evaluate('document.querySelector("main").textContent')) as string)?.[1]);
    const signIn = async () => {
      await page.type('input[type=password]', 'radio');
      await page.click('form button');
      await badge('connected');
    };

    it('takes over from the server, and shows frames once somebody has signed in', async () => {
      await badge('idle');
      await shows('Sign in to listen');
      await signIn();
      await shows('98.000 MHz');
      const first = await sequence();
      await vi.waitFor(async () => expect(await sequence()).toBeGreaterThan(first + 5), patience);
      await until(
        `document.querySelector('canvas').getContext('2d').getImageData(0, 0, 600, 40).data.some((one) => one > 0)`,
      );
      await until(`Math.abs(document.querySelector('rx-scope').readings?.figures.peakDb + 3) < 0.1`);
      const { kind } = (await page.evaluate(`document.querySelector('rx-scope').readings.state`)) as { kind: string };
      expect(kind).toBe('good');
      expect(complaints).toEqual([]);
    });

    it('asks by request, and shows the answer and what follows from it', async () => {
      await signIn();
      await page.evaluate(`(() => {
        const slider = document.querySelector('input[type=range]');
        slider.value = '101.5';
        slider.dispatchEvent(new Event('input', { bubbles: true }));
      })()`);
      await shows('tuned to 101.5 MHz');
      await shows('101.500 MHz');
      expect(station.tuned).toEqual([101.5]);
    });

    it('changes its sockets with its signals, and leaves none when it is signed out', async () => {
      await signIn();
      for (let i = 0; i < 20; i += 1) await page.click(`nav a:nth-child(${1 + (i % 2)})`);
      await shows('frame');
      await vi.waitFor(() => expect(station.clients).toBe(4), patience); // the resource, the meter, the tuner, the scope
      await page.click('app-sign-in button');
      await badge('idle');
      await vi.waitFor(() => expect(station.clients).toBe(0), patience);
      expect(complaints).toEqual([]);
    });

    it('keeps the last frame while the gateway is away, says so, and comes back', async () => {
      await signIn();
      await shows('frame');
      await station.stop();
      await badge('waiting');
      await shows('frame');
      station.start();
      await badge('connected');
    });

    it('says why it is refused, and recovers with a new token', async () => {
      await signIn();
      await shows('frame');
      station.tokens.clear();
      await station.stop();
      station.start();
      await badge('refused');
      await shows('token');
      expect(await page.evaluate(`document.querySelector('header [role=status]').title`)).toMatch(/security/i);
      await page.click('app-sign-in button');
      await until(`document.querySelector('form') !== null`);
      await signIn();
      await shows('frame');
    });

    it('takes nothing while its tab is hidden', async () => {
      await signIn();
      await shows('frame');
      await page.evaluate(`(() => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
        document.dispatchEvent(new Event('visibilitychange'));
      })()`);
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
      const before = await sequence();
      const { published } = station;
      await vi.waitFor(() => expect(station.published).toBeGreaterThan(published + 100), patience);
      expect(await sequence()).toBe(before);
      await page.evaluate(`(() => {
        delete document.hidden;
        document.dispatchEvent(new Event('visibilitychange'));
      })()`);
      await vi.waitFor(async () => expect(await sequence()).toBeGreaterThan(before + 90), patience);
    });
  });

  it('is served with its gateway by one program, which ends when it is told', async () => {
    const program = spawn(node, ['host.mjs'], {
      cwd: folder,
      env: { ...plainEnvironment(), PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => program.once('close', (code) => resolve(code)));
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      program.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /open (http:\S+)/.exec(said);
        if (found) resolve(found[1]!);
      });
      void ended.then(() => reject(new Error(`host.mjs ended: ${said}`)));
    });
    try {
      for (const path of ['/', '/band/uhf']) {
        const page = await fetch(`${url}${path}`);
        expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Sign in to listen')]);
      }
      expect((await fetch(`${url}/login`, { method: 'POST', body: 'wrong' })).status).toBe(403);
      expect((await fetch(`${url}/login`, { method: 'POST', body: 'radio' })).status).toBe(200);
    } finally {
      program.kill('SIGTERM');
    }
    expect(await ended).toBe(0);
  });
});
