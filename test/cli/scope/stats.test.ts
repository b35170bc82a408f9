import { frame, type Frame } from 'rxzmq';
import { describe, expect, it } from 'vitest';
import { addTallies, createTally, emptyTally, toFigures, type Arrival } from '../../../src/cli/scope/stats.js';

const start = 1_700_000_000_000_000_000n;

function arrival(sequence: number, lateMs = 0, peer?: number): Arrival {
  const sent = start + BigInt(sequence) * 4_000_000n;
  const made: Frame = frame(new Float32Array(16), { timestampNs: sent });
  const stamped = { ...made, sequence, ...(peer !== undefined && { peer }) };
  return { frame: stamped, timestampNs: sent + BigInt(Math.round(lateMs * 1e6)) };
}

describe('createTally', () => {
  it('counts what came and what it weighs', () => {
    expect(createTally()([arrival(0), arrival(1)], 100)).toMatchObject({ frames: 2, samples: 16, bytes: 128, lost: 0 });
  });

  it('counts gaps in the sequence, across calls too', () => {
    const tally = createTally();
    expect(tally([arrival(7), arrival(8), arrival(11)], 1).lost).toBe(2);
    expect(tally([], 1).lost).toBe(0);
    expect(tally([arrival(15)], 1).lost).toBe(3);
  });

  it('takes a sender that starts again for no loss, and each sender for itself', () => {
    expect(createTally()([arrival(900), arrival(0), arrival(1)], 1).lost).toBe(0);
    expect(createTally()([arrival(0, 0, 1), arrival(50, 0, 2), arrival(1, 0, 1), arrival(51, 0, 2)], 1).lost).toBe(0);
  });

  it('measures latency from stamp to arrival', () => {
    const figures = toFigures(createTally()([arrival(0, 1), arrival(1, 3)], 1));
    expect(figures.latencyMs).toBeCloseTo(2);
    expect(figures.latencyMaxMs).toBeCloseTo(3);
  });
});

describe('toFigures', () => {
  it('takes rates over the time of all tallies', () => {
    const tally = createTally();
    const sum = addTallies(tally([arrival(0), arrival(1)], 500), tally([arrival(2), arrival(3)], 500));
    expect(toFigures(sum)).toMatchObject({ frames: 4, framesPerSecond: 4, samplesPerSecond: 32, bytesPerSecond: 256 });
  });

  it('has no rate and no level for nothing', () => {
    expect(toFigures(emptyTally)).toMatchObject({ frames: 0, lost: 0, framesPerSecond: 0, rmsDb: -200, peakDb: -200 });
  });

  it('knows from when to when frames came', () => {
    const tally = createTally();
    const sum = [tally([], 1), tally([arrival(0)], 1), tally([arrival(2)], 1), tally([], 1)].reduce(
      addTallies,
      emptyTally,
    );
    expect(sum.lastMs - sum.firstMs).toBeCloseTo(8);
  });
});
