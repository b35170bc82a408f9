import { concat, EMPTY, firstValueFrom, from, map, NEVER, of, Subject, take, throwError } from 'rxjs';
import { frame, type Frame, fromIterable, fromPull, lines, pacedMap, spectrum, type SpectrumLine, toPush } from 'rxzmq';
import { describe, expect, it, vi } from 'vitest';
import { interpolateTone } from '../../src/spectrum/interpolate.js';
import { levelPowers } from '../../src/spectrum/SpectrumLine.js';
import { dB, tone, toneFrames } from '../spectrum/tones.js';

function collect(frames: readonly Frame[], options?: Parameters<typeof spectrum>[0]): SpectrumLine[] {
  const found: SpectrumLine[] = [];
  from(frames)
    .pipe(spectrum(options))
    .subscribe((line) => found.push(line));
  return found;
}

function toneOf(line: SpectrumLine) {
  const powers = levelPowers(line.top, line.step);
  const power = Array.from(line.levels, (level) => powers[level]!);
  const { bin, level } = interpolateTone(power, power.indexOf(Math.max(...power)), line);
  return { hz: line.centerFreq + (bin / line.bins - 0.5) * line.sampleRate, level };
}

describe('spectrum', () => {
  it.each([0.125, 0.12519, -0.3001, 0.0000001])(
    'has a tone at %d of the rate, to half a bin and half a dB',
    (place) => {
      const [line] = collect(toneFrames(place, 0.1, 40, 1000), { bins: 1024, rate: 50 });
      const { hz, level } = toneOf(line!);
      expect(Math.abs(hz - 100e6 - place * 1e6)).toBeLessThan(1e6 / 1024 / 2);
      expect(Math.abs(level - dB(0.1))).toBeLessThan(0.5);
    },
  );

  it('makes as many lines a second as it is told, whatever the frames', () => {
    for (const [samples, count] of [
      [1000, 1000],
      [8192, 122],
      [100_000, 10],
    ] as const) {
      const found = collect(toneFrames(0.1, 0.5, count, samples), { bins: 512, rate: 30 });
      expect(found.length).toBeGreaterThanOrEqual(29);
      expect(found.length).toBeLessThanOrEqual(31);
      expect(found.map(({ sequence }) => sequence)).toEqual(found.map((_, i) => i));
      const between = Number(found[21]!.timestampNs - found[1]!.timestampNs) / 1e9;
      expect(between).toBeCloseTo(20 / 30, 4);
    }
  });

  it('overlaps transforms where a line has fewer samples than bins', () => {
    const found = collect(toneFrames(0.1, 0.5, 100, 480, { sampleRate: 48_000 }), { bins: 4096, rate: 30 });
    expect(found.length).toBeGreaterThanOrEqual(26);
    expect(found.length).toBeLessThanOrEqual(31);
  });

  it('transforms a signal of a very low rate a few times, not once for each sample', () => {
    for (const sampleRate of [1, 1e-3, 1e-300, 5e-324]) {
      const frames = toneFrames(0.1, 0.5, 2, 5120).map((one) => ({ ...one, sampleRate }));
      const found = collect(frames, { bins: 1024, rate: 30 });
      expect(found).toHaveLength(1 + (2 * 5120 - 1024) / 16);
      expect(found.every(({ timestampNs }) => timestampNs >= 0n && timestampNs < 2n ** 64n)).toBe(true);
    }
  });

  it('carries what frames say, and the levels of their samples', () => {
    const [line] = collect(toneFrames(0.1, 0.5, 100, 1000), { bins: 256 });
    expect(line).toMatchObject({
      centerFreq: 100e6,
      sampleRate: 1e6,
      bins: 256,
      step: 0.5,
      timestampNs: 1_000_000_000n,
    });
    expect(line!.rms).toBeCloseTo(dB(0.5), 3);
    expect(line!.peak).toBeCloseTo(dB(0.5), 3);
    expect(line!.lost).toBe(0);
  });

  it('counts the frames that are missing', () => {
    const frames = toneFrames(0.1, 0.5, 100, 1000).filter(({ sequence }) => sequence < 20 || sequence > 24);
    const found = collect(frames, { bins: 256, rate: 100 });
    expect(found.reduce((sum, { lost }) => sum + lost, 0)).toBe(5);
  });

  it('begins a line at another rate, frequency and type of samples', () => {
    const [slow] = toneFrames(0.1, 0.5, 1, 4000);
    const found = collect([slow!, { ...slow!, sampleRate: 2e6 }, { ...slow!, sampleRate: 2e6, centerFreq: 7e6 }], {
      bins: 256,
      rate: 10,
    });
    expect(found.map(({ sampleRate, centerFreq }) => [sampleRate, centerFreq])).toEqual([
      [1e6, 100e6],
      [2e6, 100e6],
      [2e6, 7e6],
    ]);
    for (const line of found) expect(toneOf(line).level).toBeCloseTo(dB(0.5), 0);
  });

  it('has a line for each of frames that are shorter than its bins, if the rate changes at each of them', () => {
    const [short] = toneFrames(0.125, 0.5, 1, 128);
    const found = collect(
      Array.from({ length: 20 }, (_, i) => ({ ...short!, sampleRate: 1e6 + i })),
      { bins: 1024 },
    );
    expect(found).toHaveLength(20);
    for (const line of found) {
      expect(line.windowSamples).toBe(128);
      expect(Math.abs(toneOf(line).level - dB(0.5))).toBeLessThan(0.5);
    }
  });

  it('takes frames without a rate, without samples, and with NaN', () => {
    const one = frame(tone(0.1, 0.5, 4096));
    const empty = { ...one, samples: new Float32Array(0), numSamples: 0, sequence: 1 };
    const bad = frame(new Float32Array(8192).fill(NaN));
    expect(collect([one, empty], { bins: 256, average: 4 })).toHaveLength(4);
    expect(collect([bad, bad], { bins: 256 })).toEqual([]);
    expect(collect([empty])).toEqual([]);
  });

  it('is an error for what is no frame', () => {
    const error = vi.fn();
    of(7 as any)
      .pipe(spectrum())
      .subscribe({ error });
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({
        code: 'ERR_FRAME',
        message: expect.stringMatching(/spectrum: a value must be a frame, got 7/),
      }),
    );
  });

  it.each([
    [{ bins: 1000 }, /bins.*power of two.*1000/],
    [{ bins: 2 ** 21 }, /bins/],
    [{ bins: '4096' }, /bins/],
    [{ rate: 0 }, /rate.*0/],
    [{ rate: NaN }, /rate/],
    [{ average: 0 }, /average/],
    [{ window: 'kaiser' }, /window.*'kaiser'/],
    [{ lines: 3 }, /unknown option 'lines'/],
    [7, /must be an object/],
  ])('refuses %j at the call', (options: any, message) => {
    expect(() => spectrum(options)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringMatching(message) }),
    );
  });

  it('never emits, is empty, fails and completes with its source', () => {
    const heard: unknown[] = [];
    const listen = {
      next: () => heard.push('line'),
      error: (error: unknown) => heard.push(error),
      complete: () => heard.push('end'),
    };
    NEVER.pipe(spectrum()).subscribe(listen).unsubscribe();
    expect(heard).toEqual([]);
    EMPTY.pipe(spectrum()).subscribe(listen);
    expect(heard.splice(0)).toEqual(['end']);
    const [one] = toneFrames(0.1, 0.5, 1, 1000);
    concat(
      of(one!),
      throwError(() => 'broken'),
    )
      .pipe(spectrum({ bins: 512, rate: 10 }))
      .subscribe(listen);
    expect(heard.splice(0)).toEqual(['broken']);
    of(one!)
      .pipe(spectrum({ bins: 512, rate: 10 }))
      .subscribe(listen);
    expect(heard).toEqual(['line', 'end']);
  });

  it('stops a synchronous source, and serves two pipes', () => {
    let read = 0;
    function* frames() {
      for (const one of toneFrames(0.1, 0.5, 1000, 1000)) {
        read += 1;
        yield one;
      }
    }
    const operator = spectrum({ bins: 256, rate: 100 });
    const found: SpectrumLine[] = [];
    from(frames())
      .pipe(operator, take(2))
      .subscribe((line) => found.push(line));
    from(frames())
      .pipe(operator, take(1))
      .subscribe((line) => found.push(line));
    expect(found.map(({ sequence }) => sequence)).toEqual([0, 1, 0]);
    expect(read).toBeLessThan(100);
  });

  it('is fed while it emits', () => {
    const source = new Subject<Frame>();
    const frames = toneFrames(0.1, 0.5, 60, 1000);
    const found: number[] = [];
    source.pipe(spectrum({ bins: 256, rate: 100 })).subscribe(({ sequence }) => {
      found.push(sequence);
      const next = frames.shift();
      if (next) source.next(next);
    });
    while (frames.length > 0) source.next(frames.shift()!);
    expect(found).toEqual(found.map((_, i) => i));
    expect(found.length).toBeGreaterThan(3);
  });

  it('does not recurse, however long it is fed by its own lines', () => {
    const source = new Subject<Frame>();
    const one = frame(new Float32Array(32).fill(0.5), { sampleRate: 16_000 });
    let count = 0;
    const error = vi.fn();
    source.pipe(spectrum({ bins: 16, rate: 1000, average: 1 })).subscribe({
      next() {
        count += 1;
        if (count < 20_000) source.next({ ...one, sequence: count });
      },
      error,
    });
    source.next(one);
    expect(error).not.toHaveBeenCalled();
    expect(count).toBe(20_000);
  });

  it('ends with an exception of the consumer below, as other operators do', () => {
    const error = vi.fn();
    from(toneFrames(0.1, 0.5, 60, 1000))
      .pipe(
        spectrum({ bins: 256, rate: 100 }),
        map(() => {
          throw new Error('mine');
        }),
      )
      .subscribe({ error });
    expect(error).toHaveBeenCalledWith(new Error('mine'));
  });

  it('lets demand through: a consumer that is busy holds the source back', () => {
    let read = 0;
    function* endless() {
      for (;;) {
        read += 1;
        yield { ...toneFrames(0.1, 0.5, 1, 2000)[0]!, sequence: read };
      }
    }
    const gate = new Subject<void>();
    const subscription = fromIterable(endless())
      .pipe(
        spectrum({ bins: 256, rate: 100 }),
        pacedMap(() => gate.pipe(take(1))),
      )
      .subscribe();
    const before = read;
    expect(before).toBeLessThan(30);
    gate.next();
    expect(read).toBeGreaterThan(before - 1);
    subscription.unsubscribe();
  });

  it('is sent and received as lines', async () => {
    const received = firstValueFrom(fromPull('inproc://spectrum-lines', { codec: lines }));
    from(toneFrames(0.125, 0.1, 10, 1000))
      .pipe(spectrum({ bins: 256, rate: 200 }), toPush('inproc://spectrum-lines', { codec: lines }))
      .subscribe();
    const line = await received;
    expect(line).toMatchObject({ bins: 256, sampleRate: 1e6, sequence: 0 });
    expect(toneOf(line).level).toBeCloseTo(dB(0.1), 0);
  });
});
