import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from '../runner/Figure.js';
import { KIB, MIB, type Row } from '../runner/Row.js';
import { summarize } from '../runner/statistics.js';

const WINDOWS = [64 * KIB, 256 * KIB, MIB];
const ROUND_TRIPS_MS = [10, 50];
const peer = fileURLToPath(new URL('../peers/webWindow.mjs', import.meta.url));

/** What of a window arrives in each round trip. */
export const webWindow: Row = {
  name: 'webWindow',
  title:
    'A window of WebSockets against the round trip, through a proxy that delays: what arrives, against one window a trip',
  async run({ settings }) {
    const figures: Figure[] = [];
    const roundTrips = settings.quick ? ROUND_TRIPS_MS.slice(1) : ROUND_TRIPS_MS;
    for (const windowBytes of WINDOWS) {
      for (const roundTripMs of roundTrips) {
        const rates: number[] = [];
        for (let round = 0; round < (settings.quick ? 1 : 5); round += 1) {
          const args = [peer, windowBytes, roundTripMs, settings.quick ? 1000 : 3000].map(String);
          const { stdout } = await promisify(execFile)(process.execPath, args);
          rates.push((JSON.parse(stdout) as { readonly rate: number }).rate);
        }
        const most = (windowBytes / roundTripMs) * 1000;
        figures.push({
          label: `a window of ${windowBytes / KIB} KiB, a round trip of ${roundTripMs} ms`,
          size: windowBytes,
          unit: 'ratio',
          ...summarize(rates.map((rate) => rate / most)),
          absolute: `${(summarize(rates).median / 1e6).toFixed(1)} MB/s`,
        });
      }
    }
    return figures;
  },
};
