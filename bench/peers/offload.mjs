// MODE WORKERS BYTES ROUNDS COUNT: frames through a heavy stage, `inline` or on `workers`; prints frames a second and CPU time a frame.
import { frame, fromIterable } from 'rxzmq';
import { offload } from 'rxzmq/workers';
import { lastValueFrom, map, tap } from 'rxjs';
import heavyStage from './heavyStage.mjs';

const [mode, workers, bytes, rounds, count] = process.argv.slice(2).map((text, i) => (i === 0 ? text : Number(text)));
const samples = new Float32Array(bytes / 4);
const stage =
  mode === 'inline'
    ? map((one) => heavyStage(one, rounds))
    : offload(new URL('./heavyStage.mjs', import.meta.url), { workers, settings: rounds, transfer: mode === 'transfer' });

const warmUp = Math.min(200, count);
let taken = 0;
let from;
function* frames() {
  for (let i = 0; i < warmUp + count; i += 1) yield frame(mode === 'transfer' ? new Float32Array(bytes / 4) : samples);
}
await lastValueFrom(
  fromIterable(frames()).pipe(
    stage,
    tap(() => {
      taken += 1;
      if (taken === warmUp) from = [performance.now(), process.cpuUsage(), performance.eventLoopUtilization()];
    }),
  ),
);
const [at, cpu, elu] = from;
const seconds = (performance.now() - at) / 1000;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ mode, workers, bytes, rounds, rate: Math.round(count / seconds), cpuUs: +((user + system) / count).toFixed(1), elu: +performance.eventLoopUtilization(elu).utilization.toFixed(3) }));
