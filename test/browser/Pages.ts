import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, launch, type Page } from 'puppeteer-core';
import type { browsers } from './browsers.mjs';

const CHROMIUM = [
  '--headless=new',
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with a profile of its own. */
export class Pages {
  readonly #browser: Browser;
  readonly #profile: string;

  private constructor(browser: Browser, profile: string) {
    this.#browser = browser;
    this.#profile = profile;
  }

  static async open({ name, path }: (typeof browsers)[number], more: readonly string[] = []): Promise<Pages> {
    const profile = mkdtempSync(join(tmpdir(), 'rxzmq-browser-'));
    const browser = await launch({
      browser: name,
      executablePath: path,
      headless: true,
      userDataDir: profile,
      args: name === 'chrome' ? [...CHROMIUM, ...more] : [...more],
    });
    return new Pages(browser, profile);
  }

  /** A page that has loaded the library, or what `ready` says. */
  async page(url: string, ready = 'globalThis.rxzmq !== undefined'): Promise<Page> {
    const page = await this.#browser.newPage();
    await page.goto(url);
    await page.waitForFunction(ready);
    return page;
  }

  /** The process of the browser. */
  get pid(): number {
    return this.#browser.process()!.pid!;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
