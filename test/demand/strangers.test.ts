import { firstValueFrom, NEVER, Subject, switchMap, take, tap, toArray } from 'rxjs';
import { fromIterable, fromPull, pacedMap, text, toPush } from 'rxzmq';
import { expect, it, onTestFinished } from 'vitest';

const codec = text;

function* words(): Generator<string> {
  for (let n = 0; ; n += 1) yield `${n}`;
}

it('a source subscribed on the occasion of a value is not held by the archive that this value goes to', async () => {
  const [alarms, seen] = [new Subject<string>(), new Subject<string>()];
  let read = 0;
  const feed = (url: string) => fromIterable({ [Symbol.iterator]: words }).pipe(toPush(url, { codec }));
  const screen = alarms.pipe(
    take(1),
    switchMap(() => fromPull('inproc://strangers-video', { codec })),
    tap(seen),
    pacedMap((word) => Promise.resolve(word)),
  );
  const archived = fromPull('inproc://strangers-alarms', { codec }).pipe(
    tap(() => (read += 1)),
    tap((alarm) => alarms.next(alarm)),
    toPush('inproc://strangers-archive', { codec, highWaterMark: 1 }),
  );
  const archive = fromPull('inproc://strangers-archive', { codec, highWaterMark: 1 }).pipe(pacedMap(() => NEVER));
  const pipelines = [feed('inproc://strangers-video'), feed('inproc://strangers-alarms'), screen, archive, archived];
  for (const pipeline of pipelines) {
    const subscription = pipeline.subscribe({ error: (e: unknown) => seen.error(e) });
    onTestFinished(() => subscription.unsubscribe());
  }

  expect(await firstValueFrom(seen.pipe(take(1000), toArray()))).toHaveLength(1000);
  expect(read).toBeLessThan(100); // the archive is full
});
