import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from '../runner/Figure.js';
import { KIB, type Row } from '../runner/Row.js';
import { ratios, summarize } from '../runner/statistics.js';

const SIZES = [2 * KIB, 32 * KIB, 512 * KIB];
const SLOW_BYTES = 32 * KIB;
const BROWSERS = { Chromium: '/usr/bin/chromium', Firefox: '/usr/bin/firefox-esr' };
const peer = fileURLToPath(new URL('../peers/webPage.mjs', import.meta.url));

interface Measured {
  readonly rate: number;
  readonly browserMiB: number;
  readonly gatewayMiB: number;
}

async function measure(browser: string, size: number, how: string, ms: number): Promise<Measured> {
  const args = [peer, browser, size, how, ms].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
  return JSON.parse(stdout) as Measured;
}

/** How fast a page receives, and what a slow page costs. The page tells its figures itself: a driver would slow it down. */
export const webPage: Row = {
  name: 'webPage',
  title:
    'A page that receives frames, against one that counts the messages of a plain WebSocket; and what a slow page holds',
  async run({ settings, sizes }) {
    const found = Object.entries(BROWSERS).filter(([, path]) => existsSync(path));
    if (found.length === 0) return 'there is no browser (Debian: apt-get install chromium firefox-esr)';
    const rounds = settings.quick ? 1 : 5;
    const figures: Figure[] = [];
    for (const [name, path] of found) {
      for (const size of sizes(SIZES, [32 * KIB])) {
        const [ours, plain]: [number[], number[]] = [[], []];
        for (let round = 0; round < rounds; round += 1) {
          ours.push((await measure(path, size, 'rxzmq', 3000)).rate); // in turn: what slows one down slows the other down
          plain.push((await measure(path, size, 'plain', 3000)).rate);
        }
        const show = (rates: readonly number[]): string => `${Math.round(summarize(rates).median)} frames/s`;
        figures.push({
          label: `frames into a page of ${name}, against messages of a plain WebSocket`,
          size,
          unit: 'ratio',
          ...summarize(ratios(ours, plain)),
          absolute: `${show(ours)} to ${show(plain)}`,
        });
      }
      const { browserMiB, gatewayMiB } = await measure(path, SLOW_BYTES, 'slow', settings.quick ? 5000 : 20_000);
      figures.push({
        label: `what a page of ${name} grows by, with 10 ms of work a frame and 16 MB/s offered`,
        size: SLOW_BYTES,
        unit: 'MiB',
        ...summarize([browserMiB]),
        absolute: `the gateway: ${gatewayMiB.toFixed(1)} MiB`,
      });
    }
    return figures;
  },
};
