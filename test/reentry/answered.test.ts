import { Subject } from 'rxjs';
import { fromPull, json, reply, request, text, toPush } from 'rxzmq';
import { expect, it, onTestFinished } from 'vitest';
import { virtualTime } from '../../src/testing/index.js';
import { Statuses } from '../helpers/Statuses.js';

it.each(['inproc://answered', 'tcp://answered:1'])('an answered request is over, on %s', (url) => {
  virtualTime(({ cold, expectObservable, run }) => {
    run(reply(url.replace('answered:1', '*:1'), (asked: string) => asked.toUpperCase(), { codec: text }));
    const answered = cold('-a').pipe(request(url, { codec: text, timeoutMs: 20 }));
    expectObservable(answered, '^ 100ms !').toBe('-A', { A: 'A' });
  });
});

it('a source that is unsubscribed while it connects meets nobody', async () => {
  const input = new Subject<number>();
  const statuses = new Statuses();
  const sink = input
    .pipe(toPush('tcp://127.0.0.1:*', { codec: json(), status: statuses, driver: 'engine' }))
    .subscribe();
  onTestFinished(() => sink.unsubscribe());
  const url = await statuses.endpoint();
  const told = new Statuses();
  const source = fromPull(url, {
    codec: text,
    driver: 'engine',
    status: (status) => {
      told.next(status);
      if (status.kind === 'connecting') source.unsubscribe();
    },
  }).subscribe();
  await told.first('closed');
  const second = new Statuses();
  const other = fromPull(url, { codec: text, driver: 'engine', status: second }).subscribe();
  onTestFinished(() => other.unsubscribe());
  await statuses.first('connected');
  await second.first('connected');
  expect(statuses.all.filter(({ kind }) => kind === 'connected')).toHaveLength(1);
});
