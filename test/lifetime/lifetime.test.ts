import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { lastValueFrom, merge, retry, Subject, takeUntil, timer } from 'rxjs';
import { type Frame, fromPull, text, toPub, toPush } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { Pull, Push } from 'zeromq';
import { driver, either } from '../helpers/driver.js';
import { Statuses } from '../helpers/Statuses.js';

const bind = 'tcp://127.0.0.1:*';

/** Starts a program beside this file, as a process of its own, on the same driver. */
function start(name: string, ...args: string[]): ChildProcess & { output: () => string } {
  const path = fileURLToPath(new URL(`./programs/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, driver, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return Object.assign(child, { output: () => output });
}

describe('the end of a socket', () => {
  it(
    'leaves nothing behind: 200 streams come and go, and the process ends by itself',
    { timeout: 240_000 },
    async () => {
      const child = start('manyStreams');
      const [code] = (await once(child, 'exit')) as [number];
      expect({ code, output: child.output() }).toEqual({
        code: 0,
        output: expect.stringMatching(/^\{"before":\d+,"after":\d+\}\n$/),
      });
      const { before, after } = JSON.parse(child.output()) as { before: number; after: number };
      // libzmq may still be closing the last few; each of 200 has three or more
      expect(after).toBeLessThanOrEqual(before + either(0, 100));
    },
  );

  it('flushes what was accepted before the process ends', async () => {
    const pull = new Pull();
    await pull.bind(bind);
    const child = start('flushAndEnd', pull.lastEndpoint ?? '');
    const exit = once(child, 'exit');
    expect((await pull.receive())[0]?.length).toBe(5_000_000);
    expect([(await exit)[0], child.output()]).toEqual([0, '']);
    pull.close();
  });

  it('is told once, and last', async () => {
    const statuses = new Statuses();
    const subscription = fromPull(bind, { bind: true, status: statuses }).subscribe();
    await statuses.endpoint();
    subscription.unsubscribe();
    subscription.unsubscribe();
    await statuses.first('closed');
    expect(statuses.all.map(({ kind }) => kind)).toEqual(['listening', 'closed']);
  });

  it('comes at once when unsubscribed before it was open', async () => {
    const statuses = new Statuses();
    for (let i = 0; i < 20; i += 1) fromPull(bind, { bind: true, status: statuses }).subscribe().unsubscribe();
    await statuses.nth('closed', 20);
    expect(statuses.all.every(({ kind }) => kind === 'closed')).toBe(true);
  });

  it('comes at once for one whose port is held, which says so', async () => {
    const statuses = new Statuses();
    const holder = fromPull(bind, { bind: true, status: statuses }).subscribe();
    const endpoint = await statuses.endpoint();
    await expect(lastValueFrom(fromPull(endpoint, { bind: true }))).rejects.toMatchObject({
      code: 'ERR_SOCKET',
      operation: 'bind',
      endpoint,
      cause: expect.objectContaining({ code: 'EADDRINUSE' }),
    });
    holder.unsubscribe();
  });

  it('lets its own process rebind at once, again and again', async () => {
    const statuses = new Statuses();
    const first = fromPull(bind, { bind: true, status: statuses }).subscribe();
    const endpoint = await statuses.endpoint();
    first.unsubscribe();
    for (let round = 2; round < 12; round += 1) {
      const stop = new Subject<void>();
      const sinkOrSource =
        round % 2 === 0
          ? fromPull(endpoint, { bind: true, status: statuses })
          : new Subject<string>().pipe(toPub(endpoint, { codec: text, status: statuses }));
      const done = lastValueFrom(merge(sinkOrSource).pipe(takeUntil(stop)), { defaultValue: undefined });
      await statuses.nth('listening', round);
      stop.next();
      await done;
    }
  });

  it('rebinds under retry with a delay', async () => {
    const statuses = new Statuses();
    const holder = new Push({ linger: 0 });
    await holder.bind(bind);
    const endpoint = holder.lastEndpoint ?? '';
    const source = fromPull(endpoint, { bind: true, codec: text, status: statuses });
    let failures = 0;
    const received = lastValueFrom(
      source.pipe(
        retry({
          delay: () => {
            failures += 1;
            if (failures === 2) holder.close();
            return timer(5);
          },
        }),
        takeUntil(statuses.of('listening')),
      ),
      { defaultValue: 'bound' },
    );
    expect(await received).toBe('bound');
    expect(failures).toBeGreaterThanOrEqual(2);
  });
});

describe('the event loop', () => {
  it('is let in between frames, however fast they come and long they take', async () => {
    const statuses = new Statuses();
    const frames = 600;
    const feed = new Subject<Int8Array>();
    const sent = lastValueFrom(feed.pipe(toPush(bind, { status: statuses })));
    const endpoint = await statuses.endpoint();
    let sinceTimer = 0;
    let most = 0;
    let seen = 0;
    const ticks = setInterval(() => (sinceTimer = 0), 1);
    const finished = new Promise<void>((resolve) => {
      fromPull(endpoint, { status: statuses }).subscribe((_: Frame) => {
        busy(1);
        most = Math.max(most, (sinceTimer += 1));
        if ((seen += 1) === frames) resolve();
      });
    });
    await statuses.nth('connected', 2);
    for (let i = 0; i < frames; i += 1) feed.next(new Int8Array(2));
    await finished;
    feed.complete();
    await sent;
    clearInterval(ticks);
    expect(most).toBeLessThan(30); // each takes 1 ms of a turn of a few; without turns it is hundreds
  });
});

/** Holds the event loop for so many ms. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
