import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Figure } from '../runner/Figure.js';
import type { Row } from '../runner/Row.js';
import { summarize } from '../runner/statistics.js';

const CHROMIUM = '/usr/bin/chromium';
const PICTURES = 60;
const peer = fileURLToPath(new URL('../peers/scopePage.mjs', import.meta.url));

interface Measured {
  readonly pictures: number;
  readonly renderer: number;
  readonly browser: number;
}

/** How fast a scope draws, and what its page takes of the processor. */
export const scope: Row = {
  name: 'scope',
  title:
    'A scope of 2.048 MS/s with 4096 bins, 1280 pixels wide, in Chromium without a GPU: pictures against 60 a second, and cores',
  async run({ settings }) {
    if (!existsSync(CHROMIUM)) return 'there is no Chromium (Debian: apt-get install chromium)';
    const all: Measured[] = [];
    for (let round = 0; round < (settings.quick ? 1 : 5); round += 1) {
      const args = [peer, CHROMIUM, String(settings.quick ? 3000 : 10_000)];
      const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 120_000 });
      all.push(JSON.parse(stdout) as Measured);
    }
    const pictures = summarize(all.map((one) => one.pictures));
    const figures: Figure[] = [
      {
        label: 'pictures a second, of 60',
        unit: 'ratio',
        target: { atLeast: 0.98 },
        ...summarize(all.map((one) => one.pictures / PICTURES)),
        absolute: `${pictures.median.toFixed(1)} a second`,
      },
      {
        label: 'cores that the renderer of the page takes',
        unit: 'ratio',
        target: { atMost: 0.25 },
        ...summarize(all.map(({ renderer }) => renderer)),
        absolute: `all processes of the browser ${summarize(all.map(({ browser }) => browser)).median.toFixed(2)} cores`,
      },
    ];
    return figures;
  },
};
