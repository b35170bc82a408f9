import { lastValueFrom, map, type Observable, share, take, tap } from 'rxjs';
import {
  align,
  bounded,
  convertSamples,
  type Frame,
  frame,
  fromIterable,
  fromPull,
  gaps,
  iterate,
  latest,
  markGaps,
  openSocket,
  pace,
  pacedMap,
  raw,
  reblock,
  tee,
  teeBy,
  toPub,
  toPush,
  untracked,
} from 'rxzmq';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Statuses } from '../../helpers/Statuses.js';

const FRAMES = 150;
/** Samples of each frame: all of them are on loan, and no two in a row have one length. */
const LENGTHS = [8192, 12_000, 8192, 9001, 16_384];
const ANY = 'tcp://127.0.0.1:*';

/** Samples that count on from frame to frame, so that each value tells where it belongs. */
function* counted(): Iterable<Frame> {
  let value = 1;
  for (let i = 0; i < FRAMES; i += 1) {
    const timestampNs = BigInt((value - 1) / 2) * 1_000_000n;
    const samples = Float32Array.from({ length: 2 * LENGTHS[i % LENGTHS.length]! }, () => value++);
    yield frame(samples, { sampleRate: 1000, centerFreq: 0, timestampNs });
  }
}

type Samples = Frame['samples'];

/** Whether the samples count on from this value. */
function counts(samples: Samples, first: number): boolean {
  const values = samples as Float32Array;
  for (let i = 0; i < values.length; i += 1) if (values[i] !== first + i) return false;
  return values.length > 0;
}

const firstOf = ({ samples }: Frame): number => (samples as Float32Array)[0]!;

/** Looks at a frame when it comes, and again some turns of the event loop later, while others come: the frame if it stands. */
async function looked(frame: Frame): Promise<Frame> {
  const first = firstOf(frame);
  for (let i = 0; i < 4; i += 1) {
    expect(counts(frame.samples, first)).toBe(true);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return frame;
}

/** Counted frames over a socket. */
async function received(loans: boolean): Promise<Observable<Frame>> {
  const status = new Statuses();
  const sent = fromIterable(counted()).pipe(toPush(ANY, { status })).subscribe();
  onTestFinished(() => sent.unsubscribe());
  return fromPull(await status.endpoint(), { loans });
}

/** The other end of a relay. */
async function relayed(loans: boolean, zeroCopy: boolean | (() => void)): Promise<Observable<Frame>> {
  const status = new Statuses();
  const sent = (await received(loans)).pipe(toPush(ANY, { status, zeroCopy })).subscribe();
  onTestFinished(() => sent.unsubscribe());
  return fromPull(await status.endpoint(), { loans });
}

/** What a sink gives on, once a slow peer has room for it. */
async function sent(loans: boolean, zeroCopy: boolean): Promise<Observable<Frame>> {
  const status = new Statuses();
  const whole = (await received(loans)).pipe(toPush(ANY, { status, zeroCopy, highWaterMark: 2 }), share());
  const slow = status
    .endpoint()
    .then((endpoint) => fromPull(endpoint, { highWaterMark: 1 }).pipe(pacedMap(looked)).subscribe());
  onTestFinished(async () => (await slow).unsubscribe());
  return whole;
}

/** The same, with a socket of any type, as bare bytes. */
async function relayedByHandle(loans: boolean): Promise<Observable<Frame>> {
  const push = openSocket('push').bind(ANY);
  const toBytes = ({ samples }: Frame) => [new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)];
  const sent = (await received(loans)).pipe(map(toBytes), push.sink({ zeroCopy: true })).subscribe();
  const pull = openSocket('pull').connect((await push.opened)[0]!);
  onTestFinished(async () => {
    sent.unsubscribe();
    await Promise.all([push.close({ lingerMs: 0 }), pull.close()]);
  });
  const toFrame = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
    frame(new Float32Array(buffer, byteOffset, byteLength / 4), { sampleRate: 1, centerFreq: 0 });
  return pull.messages.pipe(map(([part]) => toFrame(part!)));
}

type Through = (frames$: Observable<Frame>) => Observable<Frame>;
const operators: Record<string, Through> = {
  'no operator': (frames$) => frames$,
  map: (frames$) => frames$.pipe(map((one) => ({ ...one, flags: 1 }))),
  gaps: (frames$) => frames$.pipe(gaps({ onGap: () => undefined })),
  markGaps: (frames$) => frames$.pipe(markGaps()),
  untracked: (frames$) => frames$.pipe(untracked()),
  bounded: (frames$) => frames$.pipe(bounded(10)),
  latest: (frames$) => frames$.pipe(latest()),
  pace: (frames$) => frames$.pipe(pace({ speed: 1e6 })),
  reblock: (frames$) => frames$.pipe(reblock(10_000)),
  'reblock to less': (frames$) => frames$.pipe(reblock(3000)),
  convertSamples: (frames$) => frames$.pipe(convertSamples('cf64'), convertSamples('cf32')),
  pacedMap: (frames$) => frames$.pipe(pacedMap(looked, { concurrency: 3 })),
  tee: (frames$) => frames$.pipe(tee(pacedMap(looked), pacedMap(looked, { concurrency: 5 }))),
  teeBy: (frames$) =>
    frames$.pipe(
      teeBy(
        ({ sequence }) => sequence % 3,
        () => pacedMap(looked),
      ),
    ),
  toPub: (frames$) => frames$.pipe(toPub(ANY, { zeroCopy: true })),
};

const paths: Record<string, (loans: boolean) => Promise<Observable<Frame>>> = {
  ...Object.fromEntries(
    Object.entries(operators).map(([name, through]) => [name, async (loans) => through(await received(loans))]),
  ),
  align: async (loans) =>
    align(await received(loans), await received(loans)).pipe(
      map(([one, other]) => {
        expect(counts(other.samples, firstOf(one))).toBe(true);
        return one;
      }),
    ),
  'a sink': (loans) => sent(loans, false),
  'a sink with zeroCopy': (loans) => sent(loans, true),
  'a relay': (loans) => relayed(loans, false),
  'a relay with zeroCopy': (loans) => relayed(loans, true),
  'a relay with zeroCopy that is told': (loans) => relayed(loans, () => undefined),
  'a relay by a handle': relayedByHandle,
};

/** How many frames are looked at: `latest` skips some. */
const seenThrough: Record<string, number> = { latest: 5 };

describe.each(Object.entries(paths))('frames through %s', (name, path) => {
  const seen = seenThrough[name] ?? 100;

  it('never change, whoever keeps them', { timeout: 240_000 }, async () => {
    const kept: { readonly samples: Samples; readonly first: number }[] = [];
    for await (const { samples } of iterate(await path(false))) {
      kept.push({ samples, first: (samples as Float32Array)[0]! });
      if (kept.length === seen) break;
    }
    expect(kept.filter(({ samples, first }) => !counts(samples, first))).toEqual([]);
    expect(kept.length).toBe(seen);
  });

  it('stand as long as they are on loan', { timeout: 240_000 }, async () => {
    let count = 0;
    for await (const one of iterate((await path(true)).pipe(pacedMap(looked, { concurrency: 2 })))) {
      await looked(one);
      count += 1;
      if (count === seen) break;
    }
    expect(count).toBe(seen);
  });
});

describe('loans', () => {
  it('use memory again as soon as frames are done with', { timeout: 240_000 }, async () => {
    const lengths = new Map<ArrayBufferLike, number>();
    for await (const { samples } of iterate(await received(true))) {
      lengths.set(samples.buffer, samples.byteLength);
      if (firstOf({ samples } as Frame) > 2_000_000) break;
    }
    expect(lengths.size).toBeLessThan(FRAMES / 3);
  });

  it('overwrite what is kept against the rule', { timeout: 240_000 }, async () => {
    const kept: { readonly samples: Samples; readonly first: number }[] = [];
    const frames$ = (await received(true)).pipe(take(100));
    await lastValueFrom(
      frames$.pipe(tap(({ samples }) => kept.push({ samples, first: (samples as Float32Array)[0]! }))),
    );
    expect(kept.filter(({ samples, first }) => !counts(samples, first)).length).toBeGreaterThan(50);
  });

  it('are for frames', () => {
    expect(() => fromPull('tcp://127.0.0.1:5555', { loans: 1 as never })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', option: 'loans' }) as Error,
    );
    expect(() => fromPull('tcp://127.0.0.1:5555', { codec: raw, loans: true } as never)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', option: 'loans' }) as Error,
    );
  });
});
