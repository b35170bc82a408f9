import { firstValueFrom, Subject } from 'rxjs';
import { type Frame, frame, fromPull, release, toPush } from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../helpers/Statuses.js';

const LARGE = 262_144; // values: 1 MiB

/** Sends arrays over a socket of each side, one at a time, and gives the frames that arrive. */
async function line(driver: 'engine' | 'native' = 'engine', wildcard = 'tcp://127.0.0.1:*') {
  const statuses = new Statuses();
  const feed = new Subject<Float32Array>();
  const received = new Subject<Frame<'cf32'>>();
  const sender = feed.pipe(toPush(wildcard, { driver, status: statuses })).subscribe();
  onTestFinished(() => sender.unsubscribe());
  const receiver = fromPull(await statuses.endpoint(), { driver, sampleType: 'cf32' }).subscribe(received);
  onTestFinished(() => receiver.unsubscribe());
  return async (value: number, length = LARGE): Promise<Frame<'cf32'>> => {
    const next = firstValueFrom(received);
    feed.next(new Float32Array(length).fill(value));
    return next;
  };
}

const isAll = ({ samples }: Frame<'cf32'>, value: number): boolean => samples.every((each) => each === value);

describe('release', () => {
  it('has the memory of a frame used for later ones', async () => {
    const send = await line();
    const memory = new Set<ArrayBufferLike>();
    for (let n = 0; n < 20; n += 1) {
      const received = await send(n);
      expect(isAll(received, n)).toBe(true);
      memory.add(received.samples.buffer);
      release(received);
    }
    expect(memory.size).toBeLessThanOrEqual(3); // one is read, one is written, and one waits
  });

  it('is needed for that', async () => {
    const send = await line();
    const frames: Frame<'cf32'>[] = [];
    for (let n = 0; n < 10; n += 1) frames.push(await send(n));
    expect(new Set(frames.map(({ samples }) => samples.buffer)).size).toBe(10);
    expect(frames.every((received, n) => isAll(received, n))).toBe(true);
  });

  it('takes a changed copy that still has the samples', async () => {
    const send = await line();
    const memory = new Set<ArrayBufferLike>();
    for (let n = 0; n < 20; n += 1) {
      const received = await send(n);
      memory.add(received.samples.buffer);
      release({ ...received, streamId: 7 });
    }
    expect(memory.size).toBeLessThanOrEqual(3);
  });

  it('does nothing the second time, though another frame has the memory by then', async () => {
    const send = await line();
    const first = await send(0);
    release(first);
    release(first);
    const kept: Frame<'cf32'>[] = [];
    for (let n = 1; n < 8; n += 1) kept.push(await send(n));
    expect(kept.some(({ samples }) => samples.buffer === first.samples.buffer)).toBe(true);
    release(first);
    for (let n = 8; n < 16; n += 1) kept.push(await send(n));
    expect(kept.map((received, i) => isAll(received, i + 1))).toEqual(kept.map(() => true));
    expect(new Set(kept.map(({ samples }) => samples.buffer)).size).toBe(kept.length);
  });

  it.each([
    ['an array of one’s own', () => Promise.resolve(frame(new Float32Array(LARGE).fill(1)))],
    ['a copy of what was received', async () => frame((await (await line())(1)).samples.slice())],
    ['a part of what was received', async () => frame((await (await line())(1)).samples.subarray(2))],
    ['a small frame', async () => (await line())(1, 100)],
    ['what was received over inproc', async () => (await line('engine', 'inproc://release'))(1)],
    ['what the native driver received', async () => (await line('native'))(1)],
  ])('leaves %s alone', async (_, make) => {
    const own = await make();
    release(own);
    const send = await line();
    for (let n = 2; n < 8; n += 1) expect((await send(n)).samples.buffer).not.toBe(own.samples.buffer);
    expect(isAll(own, 1)).toBe(true);
  });

  it('leaves memory alone that was transferred', async () => {
    const send = await line();
    const received = await send(1);
    const moved = structuredClone(received, { transfer: [received.samples.buffer as ArrayBuffer] });
    release(received);
    for (let n = 2; n < 8; n += 1) expect(isAll(await send(n), n)).toBe(true);
    expect(isAll(moved, 1)).toBe(true);
  });

  it('is not harmed by who transfers the memory afterwards', async () => {
    const send = await line();
    const received = await send(1);
    release(received);
    structuredClone(received, { transfer: [received.samples.buffer as ArrayBuffer] });
    for (let n = 2; n < 8; n += 1) expect(isAll(await send(n), n)).toBe(true);
  });
});
