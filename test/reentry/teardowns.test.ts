import { finalize, firstValueFrom, merge, NEVER, Observable, of, Subject } from 'rxjs';
import { openSocket, pacedMap, reply, requester, text } from 'rxzmq';
import { expect, it } from 'vitest';
import { Router } from 'zeromq';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';
import { unhandledErrors } from './unhandledErrors.js';

const bind = 'tcp://127.0.0.1:*';
const errors = unhandledErrors();
const fails = (): never => {
  throw new Error('of a teardown');
};

/** Waits until RxJS has told so many errors, all of them of a teardown. */
async function told(count: number): Promise<void> {
  await expect.poll(() => errors().length).toBe(count);
  for (const error of errors()) expect((error as Error).message).toContain('of a teardown');
}

it('of a handler costs no other requester its reply', async () => {
  const statuses = new Statuses();
  const answers: Record<string, () => Observable<string>> = {
    later: () => new Observable<string>((out) => (queueMicrotask(() => out.next('1')), fails)),
    'at once': () =>
      new Observable<string>((out) => {
        out.next('2');
        return fails;
      }),
    'and complete': () =>
      new Observable<string>((out) => {
        out.next('3');
        out.complete();
        return fails;
      }),
    plain: () => of('4'),
  };
  const server = reply(bind, (asked: string) => answers[asked]!(), { codec: text, status: statuses }).subscribe();
  const client = requester(await statuses.endpoint(), { codec: text });
  const replies: string[] = [];
  for (const asked of [...Object.keys(answers), 'plain']) replies.push(await firstValueFrom(client.request(asked)));
  expect(replies).toEqual(['1', '2', '3', '4', '4']);
  await told(3);
  await client.close();
  server.unsubscribe();
});

it('of handlers that run does not leave the server open', async () => {
  const statuses = new Statuses();
  const started = new Subject<void>();
  const handler = (): Observable<string> => new Observable<string>(() => (started.next(), fails));
  const server = reply(bind, handler, { codec: text, status: statuses, concurrency: 2 }).subscribe();
  const client = requester(await statuses.endpoint(), { codec: text, onTimeout: () => '' });
  for (let i = 0; i < 2; i += 1) {
    const starting = firstValueFrom(started);
    client.request('x').subscribe({ error: () => undefined });
    await starting;
  }
  server.unsubscribe();
  await statuses.first('closed');
  await told(2);
  await client.close();
});

it('of a subscriber keeps neither its handle open nor the end from the others', async () => {
  const statuses = new Statuses();
  const handle = openSocket('pull', { status: statuses }).bind(bind);
  await handle.opened;
  handle.messages.pipe(finalize(fails)).subscribe();
  const other = collect(handle.messages);
  await handle.close();
  await other.completed;
  await statuses.first('closed');
  await told(1);
});

it('of a call site does not keep a requester from ending the others', async () => {
  const router = new Router({ linger: 0 });
  await router.bind(bind);
  const client = requester(router.lastEndpoint ?? '', { codec: text });
  client
    .request('a')
    .pipe(finalize(fails))
    .subscribe({ error: () => undefined });
  const other = firstValueFrom(client.request('b')).catch((error: unknown) => error);
  await router.receive();
  await client.close();
  expect(await other).toMatchObject({ code: 'ERR_SOCKET' });
  await told(1);
  router.close();
});

it('of an inner stream of pacedMap ends the others as well', () => {
  const ended: number[] = [];
  const inner = (n: number): Observable<never> =>
    NEVER.pipe(
      finalize(() => {
        ended.push(n);
        if (n === 0) fails();
      }),
    );
  const subscription = merge(of(0, 1, 2))
    .pipe(pacedMap(inner, { concurrency: 3 }))
    .subscribe();
  expect(() => subscription.unsubscribe()).toThrow('of a teardown');
  expect(ended).toEqual([0, 1, 2]);
});
