// Runs pipelines in two zones of zone.js at once, and tells how far each read ahead of its own consumer.
import 'zone.js/node';
import { defer, lastValueFrom, map, merge, NEVER, retry, takeWhile, tap, throwError, timer } from 'rxjs';
import { fromIterable, fromPull, pacedMap, type SocketStatus, toPush } from 'rxzmq';

declare const Zone: {
  readonly current: {
    readonly name: string;
    fork(spec: { name: string }): typeof Zone.current;
    run<T>(action: () => T): T;
  };
};

const COUNT = 200;

async function mostAhead(): Promise<number> {
  const endpoint = await new Promise<string>((resolve) => {
    const status = (told: SocketStatus): void => {
      if (told.kind === 'listening') resolve(told.endpoint);
    };
    fromIterable(Array.from({ length: COUNT }, (_, n) => Int32Array.of(n, n)))
      .pipe(toPush('tcp://127.0.0.1:*', { status }))
      .subscribe();
  });
  let [read, taken, most, failed] = [0, 0, 0, false];
  const failing = defer(() => {
    if (failed) return NEVER;
    failed = true;
    return throwError(() => new Error('once'));
  });
  const paced = merge(fromPull(endpoint, { sampleType: 'ci32' }), failing).pipe(
    retry({ delay: () => timer(1) }),
    tap(() => (read += 1)),
    map(({ samples }) => samples[0] ?? -1),
    pacedMap(async (n) => {
      most = Math.max(most, read - taken);
      await new Promise((resolve) => setTimeout(resolve, 0));
      taken += 1;
      if (n !== taken - 1) throw new Error(`${n} after ${taken}`);
      return n;
    }),
    takeWhile((n) => n < COUNT - 1, true),
  );
  await lastValueFrom(paced);
  return most;
}

const zones = ['one', 'two'].map((name) => Zone.current.fork({ name }).run(mostAhead));
console.log(JSON.stringify(await Promise.all(zones)));
