// MODE WORKERS BYTES ROUNDS COUNT: frames through a heavy stage, `inline` or on so many workers (`copy`, `transfer`). Prints frames a
// second, and microseconds of CPU time a frame: of the process, and of its main thread, where the system tells.
import { readFileSync } from 'node:fs';
import { lastValueFrom, map, tap } from 'rxjs';
import { frame, fromIterable } from 'rxzmq';
import { offload } from 'rxzmq/workers';
import heavyStage from './heavyStage.mjs';

const mode = process.argv[2];
const [workers, bytes, rounds, count] = process.argv.slice(3).map(Number);
const samples = new Float32Array(bytes / 4);
const stage =
  mode === 'inline'
    ? map((one) => heavyStage(one, rounds))
    : offload(new URL('./heavyStage.mjs', import.meta.url), {
        workers,
        settings: rounds,
        transfer: mode === 'transfer',
      });

const warmUp = Math.min(200, count);
let taken = 0;
let from;
function* frames() {
  for (let i = 0; i < warmUp + count; i += 1) yield frame(mode === 'transfer' ? new Float32Array(bytes / 4) : samples);
}

const clocks = () => ({ ms: performance.now(), cpu: process.cpuUsage(), mainNs: mainThreadNs() });
await lastValueFrom(
  fromIterable(frames()).pipe(
    stage,
    tap(() => {
      taken += 1;
      if (taken === warmUp) from = clocks();
    }),
  ),
);
const to = clocks();
console.log(
  JSON.stringify({
    rate: (count / (to.ms - from.ms)) * 1000,
    cpuUs: (to.cpu.user + to.cpu.system - from.cpu.user - from.cpu.system) / count,
    mainUs: (to.mainNs - from.mainNs) / 1000 / count,
  }),
);

function mainThreadNs() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[0]);
  } catch {
    return NaN;
  }
}
