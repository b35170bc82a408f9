import { existsSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import type { Observable, Subscription } from 'rxjs';
import { type Gateway, type GatewayOptions, serve } from 'rxzmq/gateway';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browsers } from './browsers.mjs';
import { Pages } from './Pages.js';
import { Site } from './Site.js';

/** How long what a test waits for may take. */
export const patience = { timeout: 240_000, interval: 50 };

/** A server with a gateway and a page of it, new for each test. */
export class Meeting {
  readonly name: 'chrome' | 'firefox';
  readonly held: Subscription[] = [];
  site!: Site;
  web!: Gateway;
  page!: Page;
  pages!: Pages;

  constructor(name: 'chrome' | 'firefox') {
    this.name = name;
  }

  /** Starts the gateway, and opens the page: of its own server, or of another. */
  async start(options: GatewayOptions = {}, of = this.site): Promise<void> {
    this.web = serve(this.site.server, options);
    this.page = await this.pages.page(of.url);
  }

  /** Runs a program in the page, which may await. */
  run(program: string): Promise<unknown> {
    return this.page.evaluate(`(async () => { ${program} })()`);
  }

  /** Waits for a condition in the page. */
  async until(condition: string): Promise<void> {
    await this.page.waitForFunction(condition, { timeout: patience.timeout, polling: 50 });
  }

  /** Subscribes until the end of the test. */
  hold(source: Observable<unknown>): void {
    this.held.push(source.subscribe({ error: () => undefined }));
  }

  async end(): Promise<void> {
    for (const subscription of this.held.splice(0)) subscription.unsubscribe();
    await this.page.close();
    await this.web.close();
    await this.site.close();
  }
}

/** Runs tests in each browser; where one is not installed they are left out, or fail in CI. */
export function inBrowsers(tests: (on: Meeting) => void): void {
  describe.each(browsers)('in $name', (browser) => {
    if (!existsSync(browser.path)) {
      const say = `${browser.path} is not installed`;
      if (process.env['CI'] === undefined) it.skip(say);
      else it(say, () => expect.fail(say));
      return;
    }
    const on = new Meeting(browser.name);
    beforeAll(async () => void (on.pages = await Pages.open(browser)));
    afterAll(() => on.pages.close());
    beforeEach(async () => void (on.site = await Site.open()));
    afterEach(() => on.end());
    tests(on);
  });
}
