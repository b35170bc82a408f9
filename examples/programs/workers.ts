// #region main
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bufferCount, mergeMap, Subject, take, toArray } from 'rxjs';
import { fromPull, json, pacedMap, toPush } from 'rxzmq';

const [role = 'master', work = 'tcp://127.0.0.1:*', results = 'tcp://127.0.0.1:*'] = process.argv.slice(2);
const codec = json<{ task: number; worker: number; decibel: number }>();
const [workers, tasks] = [3, 30];

// One of several processes: takes a recording when it has time for it, and says how loud it is.
function worker() {
  process.once('disconnect', () => process.exit()); // no master any more
  fromPull(work, { sampleType: 'cf32' })
    .pipe(
      pacedMap(async ({ sequence, samples, numSamples }) => {
        const power = samples.reduce((sum, value) => sum + value * value, 0) / numSamples;
        return { task: sequence, worker: process.pid, decibel: Math.round(10 * Math.log10(power)) };
      }),
      toPush(results, { codec, bind: false }),
    )
    .subscribe();
}

// Deals out recordings once all workers are there, and hears from them over a socket of its own.
function master() {
  const present = new Subject<void>();
  const recordings = Array.from({ length: tasks }, (_, task) => new Float32Array(20_000).fill(1 / 2 ** task));
  const children: ChildProcess[] = [];

  const answers = fromPull(results, {
    codec,
    bind: true,
    status: (status) => status.kind === 'listening' && deal(status.endpoint),
  });

  const deal = (resultsAt: string) =>
    present
      .pipe(
        bufferCount(workers),
        take(1),
        mergeMap(() => recordings),
        toPush(work, {
          status(status) {
            if (status.kind === 'listening') times(workers, () => children.push(start(status.endpoint, resultsAt)));
            if (status.kind === 'connected') present.next();
          },
        }),
      )
      .subscribe({ complete: () => console.log('all dealt out') });

  answers.pipe(take(tasks), toArray()).subscribe((all) => {
    const busy = new Set(all.map(({ worker }) => worker)).size;
    const loudest = all.reduce((most, one) => (one.decibel > most.decibel ? one : most));
    console.log(`${all.length} recordings by ${busy} workers, the loudest is number ${loudest.task}`);
    for (const child of children) child.kill();
  });
}

const times = (count: number, act: () => void) => Array.from({ length: count }, act);
const start = (...endpoints: string[]) => fork(fileURLToPath(import.meta.url), ['worker', ...endpoints]);

if (role === 'worker') worker();
else master();
// #endregion main
