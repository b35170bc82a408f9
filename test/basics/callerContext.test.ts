import { AsyncLocalStorage } from 'node:async_hooks';
import {
  firstValueFrom,
  from,
  map,
  mergeMap,
  type Observable,
  Subject,
  take,
  takeWhile,
  tap,
  timer,
  toArray,
} from 'rxjs';
import {
  fromPull,
  fromSub,
  latest,
  openSocket,
  pacedMap,
  raw,
  reply,
  request,
  requester,
  text,
  toPub,
  toPush,
} from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fromReader, message, toWriter, userData } from '../../src/savant/index.js';
import { virtualTime } from '../../src/testing/index.js';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';

const context = new AsyncLocalStorage<string>();
const anyPort = 'tcp://127.0.0.1:*';
const drivers = ['engine', 'native'] as const;

/** Where callbacks ran that were made in a context: all of them, by their names. */
class Trace {
  readonly seen: Record<string, Set<string | undefined>> = {};

  /** A callback of that name. */
  hear(name: string): void {
    (this.seen[name] ??= new Set()).add(context.getStore());
  }

  readonly status = ({ kind }: { readonly kind: string }): void => this.hear(`status ${kind}`);

  /** Expects that these were called, and all in that context. */
  expect(where: string, ...names: readonly string[]): void {
    const wrong = Object.entries(this.seen).filter(([, contexts]) => [...contexts].some((found) => found !== where));
    expect(wrong).toEqual([]);
    expect(Object.keys(this.seen)).toEqual(expect.arrayContaining([...names]));
  }
}

/** Binds, and gives the endpoint once it is bound. */
async function boundAt<T>(make: (statuses: Statuses) => Observable<T>): Promise<string> {
  const statuses = new Statuses();
  collect(make(statuses));
  return statuses.endpoint();
}

describe.each(drivers)('on %s', (driver) => {
  it('two busy sources run in the contexts that they were subscribed in', async () => {
    const count = 3000;
    const traces = ['a', 'b'].map((name) => {
      const trace = new Trace();
      const input = new Subject<string>();
      const came = context.run(name, async () => {
        const statuses = new Statuses();
        const source = fromPull(anyPort, {
          bind: true,
          driver,
          codec: text,
          status: (status) => {
            trace.status(status);
            statuses.next(status);
          },
        });
        const all = collect(
          source.pipe(
            tap(() => trace.hear('next')),
            latest(),
            pacedMap((value) => (trace.hear('project'), Promise.resolve(value))),
            tap(() => trace.hear('paced')),
            takeWhile((value) => value !== 'last'),
          ),
        );
        const endpoint = await statuses.endpoint();
        context.run('elsewhere', () =>
          collect(input.pipe(toPush(endpoint, { bind: false, driver, codec: text, maxBuffered: 10_000 }))),
        );
        return { all, statuses };
      });
      return { name, trace, input, came };
    });
    for (const { came } of traces) await (await came).statuses.first('connected');
    for (let i = 0; i < count; i += 1) for (const { input } of traces) input.next(`message ${i}`);
    for (const { input } of traces) input.next('last');
    for (const { came } of traces) await (await came).all.completed;
    for (const { name, trace } of traces)
      trace.expect(name, 'next', 'project', 'paced', 'status listening', 'status connected');
  });

  it("each request of one requester is told in its caller's context", async () => {
    const server = new Trace();
    const endpoint = await context.run('server', () =>
      boundAt((statuses) =>
        reply(
          anyPort,
          async (asked: string) => {
            server.hear('handler');
            await Promise.resolve();
            server.hear('handler, later');
            return asked.toUpperCase();
          },
          { driver, codec: text, status: statuses },
        ).pipe(tap(() => server.hear('next'))),
      ),
    );
    const own = new Trace();
    const trace = (name: string) => traces.get(name) ?? traces.set(name, new Trace()).get(name)!;
    const traces = new Map<string, Trace>();
    const client = context.run('own', () =>
      requester(endpoint, {
        driver,
        codec: text,
        status: own.status,
        project: (answer: string, asked: string) => {
          trace(asked).hear('project');
          return answer;
        },
      }),
    );
    onTestFinished(() => client.close());
    const ask = (name: string) =>
      context.run(name, async () => {
        const answer = client
          .request(name)
          .pipe(tap({ next: () => trace(name).hear('next'), complete: () => trace(name).hear('complete') }));
        expect(await firstValueFrom(answer)).toBe(name.toUpperCase());
        trace(name).hear('awaited');
      });
    await ask('alice');
    await Promise.all(Array.from({ length: 50 }, (_, i) => ask(`user ${i}`)));
    for (const [name, found] of traces) found.expect(name, 'project', 'next', 'awaited');
    own.expect('own', 'status connected');
    server.expect('server', 'handler', 'handler, later', 'next');
  });

  it('a timeout, its fallback and a closed requester as well', async () => {
    const mute = await boundAt((status) => fromPull(anyPort, { bind: true, driver, codec: raw, status }));
    const trace = new Trace();
    const client = requester(mute, {
      driver,
      codec: text,
      connectTimeoutMs: 20,
      timeoutMs: 20,
      onTimeout: () => (trace.hear('onTimeout'), 'none'),
    });
    const other = requester(mute, { driver, codec: text, connectTimeoutMs: 60_000 });
    onTestFinished(() => client.close());
    const failed = context.run('own', () =>
      collect(other.request('x').pipe(tap({ error: () => trace.hear('error') }))),
    );
    await context.run('own', () => firstValueFrom(client.request('x').pipe(tap(() => trace.hear('fallback')))));
    await context.run('elsewhere', () => other.close());
    await failed.error;
    trace.expect('own', 'onTimeout', 'fallback', 'error');
  });

  it('sinks, request and the functions of their options', async () => {
    const trace = new Trace();
    const pulled = await boundAt((status) => fromPull(anyPort, { bind: true, driver, status }));
    const echo = await boundAt((status) => reply(anyPort, (asked: string) => asked, { driver, codec: text, status }));
    const frames = from([1, 2, 3].map((n) => new Int32Array(4096).fill(n)));
    const done = context.run('own', () => [
      collect(
        frames.pipe(
          toPush(pulled, { bind: false, driver, status: trace.status, zeroCopy: () => trace.hear('zeroCopy') }),
          tap({ next: () => trace.hear('sent'), complete: () => trace.hear('complete') }),
        ),
      ),
      collect(
        from(['a', 'b', 'c']).pipe(
          request(echo, { driver, codec: text, project: (answer) => (trace.hear('project'), answer) }),
          tap(() => trace.hear('answered')),
        ),
      ),
    ]);
    for (const { completed } of done) await completed;
    trace.expect('own', 'sent', 'complete', 'zeroCopy', 'project', 'answered', 'status connected');
  });

  it('each subscriber of a handle, its statuses and its sink', async () => {
    const pull = openSocket('pull', { driver }).bind(anyPort);
    const push = openSocket('push', { driver });
    onTestFinished(() => pull.close({ lingerMs: 0 }));
    onTestFinished(() => push.close({ lingerMs: 0 }));
    const traces = ['a', 'b'].map((name) => ({ name, trace: new Trace() }));
    const got = traces.map(({ name, trace }) =>
      context.run(name, () => {
        collect(pull.status.pipe(tap(trace.status)));
        return collect(pull.messages.pipe(tap(() => trace.hear('message'))));
      }),
    );
    const sent = new Trace();
    const [endpoint] = await pull.opened;
    context.run('sink', () =>
      collect(
        from(['1', '2', '3']).pipe(
          push.sink(),
          tap({ next: () => sent.hear('sent'), complete: () => sent.hear('complete') }),
        ),
      ),
    );
    context.run('elsewhere', () => push.connect(endpoint!));
    for (const each of got) await each.first(3);
    for (const { name, trace } of traces) trace.expect(name, 'message', 'status connected');
    sent.expect('sink', 'sent', 'complete');
  });

  it('savant readers and writers', async () => {
    const read = new Trace();
    const statuses = new Statuses();
    const got = context.run('reader', () =>
      collect(
        fromReader('rep+bind:tcp://127.0.0.1:0', {
          driver,
          status: (status) => {
            read.status(status);
            statuses.next(status as never);
          },
        }).pipe(tap(() => read.hear('next'))),
      ),
    );
    const endpoint = await statuses.endpoint();
    const written = new Trace();
    const sends = context.run('writer', () =>
      collect(
        timer(0, 1).pipe(
          take(20),
          map((n) => ({ message: message(userData(String(n))) })),
          toWriter(`req+connect:${endpoint}`, { driver, status: written.status }),
          tap(() => written.hear('next')),
        ),
      ),
    );
    await sends.completed;
    await got.first(20);
    read.expect('reader', 'next', 'status listening', 'status connected');
    written.expect('writer', 'next', 'status connected');
  });

  it('publishers and subscribers', async () => {
    const trace = new Trace();
    const input = new Subject<string>();
    const statuses = new Statuses();
    context.run('publisher', () =>
      collect(
        input.pipe(
          toPub(anyPort, {
            driver,
            codec: text,
            waitForSubscribers: 1,
            status: (status) => {
              trace.status(status);
              statuses.next(status);
            },
          }),
          tap(() => trace.hear('sent')),
        ),
      ),
    );
    input.next('held back');
    const endpoint = await statuses.endpoint();
    const own = new Trace();
    const got = context.run('subscriber', () =>
      collect(fromSub(endpoint, { driver, codec: text }).pipe(tap(() => own.hear('next')))),
    );
    await got.first(1);
    trace.expect('publisher', 'sent', 'status subscribed');
    own.expect('subscriber', 'next');
  });
});

it('over inproc, where a message is told within the call that sends it, and in virtual time', () => {
  const traces = { server: new Trace(), client: new Trace() };
  virtualTime(({ run }) => {
    context.run('server', () =>
      run(
        reply('inproc://contexts', (asked: string) => (traces.server.hear('handler'), asked), { codec: text }).pipe(
          tap(() => traces.server.hear('next')),
        ),
      ),
    );
    context.run('client', () =>
      run(
        from(['a', 'b']).pipe(
          mergeMap((value) => timer(1).pipe(map(() => value))),
          request('inproc://contexts', { codec: text, status: traces.client.status }),
          tap(() => traces.client.hear('next')),
          toArray(),
        ),
      ),
    );
  });
  traces.client.seen['next'] ??= new Set();
  expect([...(traces.server.seen['handler'] ?? [])]).toHaveLength(1);
  expect([...traces.client.seen['next']]).toHaveLength(1);
});
