import { readFileSync } from 'node:fs';
import { Subject } from 'rxjs';
import { type Frame, OverflowError } from 'rxzmq';
import { readSigmf, toSigmf, type ToSigmfOptions } from 'rxzmq/sigmf';
import { describe, expect, it } from 'vitest';
import { deliver } from '../../src/demand/deliver.js';
import { type Collected, collect } from '../helpers/collect.js';
import { heardWarnings } from '../helpers/heardWarnings.js';
import { folder, metaOf, numbered } from './support.js';

/** A recording whose frames are sent by hand; `at` is called by option `annotate` with each frame's number. */
function recording(at: (sequence: number) => void, options?: ToSigmfOptions) {
  const path = folder()('rec');
  const frames = new Subject<Frame>();
  const annotate = ({ sequence }: Frame) => {
    at(sequence);
    return [{ 'core:sample_start': 0, 'core:label': String(sequence) }];
  };
  const done = collect(frames.pipe(toSigmf(path, { annotate, ...options })));
  return { path, frames, done };
}

/** The numbers that {@link numbered} gave the first sample of each frame. */
const written = (path: string) => {
  const { buffer } = new Uint8Array(readFileSync(`${path}.sigmf-data`));
  return [...new Int16Array(buffer)].filter((_, i) => i % 200 === 0).map((value) => value / 100);
};
const labels = (path: string) => metaOf(path).annotations.map((a) => [a['core:sample_start'], a['core:label']]);
const finished = (path: string) => expect.poll(() => metaOf(path).global['core:sha512']).toBeTypeOf('string');

/** Waits until the first frame has come out, and nothing is being written any more. */
async function idle(done: Collected<Frame>): Promise<void> {
  await done.first(1);
  await new Promise(setImmediate); // what is left of its task
}

describe('a function of the caller that is asked about a frame', () => {
  it('and sends more: they are recorded after that frame, also if their memory is reused at once', async () => {
    const { path, frames, done } = recording((sequence) => {
      if (sequence !== 1) return;
      const next = numbered(2);
      frames.next(next);
      next.samples.fill(-1);
      frames.next(numbered(3));
    });
    for (const n of [0, 1, 4]) frames.next(numbered(n));
    frames.complete();
    await done.completed;
    expect(done.values).toEqual([0, 1, 2, 3, 4].map((n) => numbered(n)));
    expect(written(path)).toEqual([0, 1, 2, 3, 4]);
    expect(labels(path)).toEqual([0, 1, 2, 3, 4].map((n) => [n * 100, String(n)]));
    expect(metaOf(path).captures).toHaveLength(1);
    await readSigmf(path, { verify: 'sha512' });
  });

  it('and sends more, as the capture of one begins', async () => {
    const capture = ({ sequence }: Frame) => {
      if (sequence === 1) frames.next(numbered(2, { centerFreq: 7 }));
      return undefined;
    };
    const { path, frames, done } = recording(() => undefined, { capture });
    for (const n of [0, 1, 3]) frames.next(numbered(n, { centerFreq: n === 0 ? 5 : 7 }));
    frames.complete();
    await done.completed;
    expect(written(path)).toEqual([0, 1, 2, 3]);
    expect(metaOf(path).captures.map((c) => [c['core:sample_start'], c['core:frequency']])).toEqual([
      [0, 5],
      [100, 7],
    ]);
  });

  it('and sends bare arrays', async () => {
    const path = folder()('rec');
    const arrays = new Subject<Int16Array>();
    const annotate = ({ samples }: Frame) => {
      const more = new Int16Array(2).fill(2);
      if (samples[0] === 1) arrays.next(more);
      more.fill(-1);
      return undefined;
    };
    const done = collect(arrays.pipe(toSigmf(path, { annotate, sampleRate: 1 })));
    for (const n of [0, 1, 3]) arrays.next(new Int16Array(2).fill(n));
    arrays.complete();
    await done.completed;
    expect([...new Int16Array(new Uint8Array(readFileSync(`${path}.sigmf-data`)).buffer)]).toEqual(
      [0, 1, 2, 3].flatMap((n) => [n, n]),
    );
  });

  it('and sends what is left out, or is no frame', async () => {
    const warnings = heardWarnings();
    const settled: string[] = [];
    const { path, frames, done } = recording((sequence) => {
      if (sequence === 6)
        deliver(
          () => settled.push('late'),
          () => frames.next(numbered(5)),
        );
      if (sequence === 7) frames.next(7 as never);
    });
    for (const n of [5, 6]) frames.next(numbered(n));
    expect(settled).toEqual(['late']);
    await done.first(2);
    frames.next(numbered(7));
    expect(await done.error).toMatchObject({ code: 'ERR_FRAME' });
    await finished(path);
    expect(written(path)).toEqual([5, 6, 7]);
    await warnings.settled();
    expect(warnings.texts).toEqual([expect.stringMatching(/left out frame 5/)]);
  });

  it('and sends more than may wait: that is an overflow', async () => {
    const { frames, done } = recording(
      (sequence) => {
        for (let n = 1; sequence === 0 && n < 9; n += 1) frames.next(numbered(n));
      },
      { maxBuffered: 3 },
    );
    frames.next(numbered(0));
    expect(await done.error).toBeInstanceOf(OverflowError);
  });

  it('and ends the input: the frame is recorded, and then it completes', async () => {
    const { path, frames, done } = recording((sequence) => {
      if (sequence === 1) frames.complete();
    });
    frames.next(numbered(0));
    await idle(done);
    frames.next(numbered(1));
    await done.completed;
    expect(done.values).toHaveLength(2);
    expect(labels(path)).toEqual([
      [0, '0'],
      [100, '1'],
    ]);
    await readSigmf(path, { verify: 'sha512' });
  });

  it.each(['returns', 'throws'])('and unsubscribes, and %s: what was accepted is recorded to its end', async (how) => {
    const { path, frames, done } = recording((sequence) => {
      if (sequence !== 1) return;
      done.unsubscribe();
      if (how === 'throws') throw new Error('mine');
    });
    frames.next(numbered(0));
    await idle(done);
    frames.next(numbered(1));
    await finished(path);
    expect(written(path)).toEqual(how === 'throws' ? [0] : [0, 1]);
    await readSigmf(path, { verify: 'sha512' });
  });
});
