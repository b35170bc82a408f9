import { map, take } from 'rxjs';
import { fromPull } from 'rxzmq';
import { expect, it } from 'vitest';
import { Peer } from './harness/Peer.js';
import { record, Statuses } from './harness/record.js';

const BLOCK = 4096; // doppler-source's block size
const SAMPLE_RATE = 2.048e6;
const CENTER_FREQ = 433.92e6;
const BIN = 300; // a whole number of turns in a block, so that each block starts at the same phase
const TONE_FREQ = (BIN * SAMPLE_RATE) / BLOCK;

function startSource(bind = 'tcp://127.0.0.1:*'): Peer {
  const numbers = ['--fs', SAMPLE_RATE, '--center', CENTER_FREQ, '--tone-freq', TONE_FREQ, '--tone-power', 0];
  return Peer.start('source', '--type', 'tone', '--bind', bind, ...numbers.map(String));
}

/** The component of a block that turns `frequency` times a second. */
function component(samples: Float64Array, frequency: number, sampleRate: number): { power: number; phase: number } {
  let re = 0;
  let im = 0;
  for (let i = 0; i < samples.length; i += 2) {
    const angle = (-Math.PI * frequency * i) / sampleRate;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    re += samples[i]! * cos - samples[i + 1]! * sin;
    im += samples[i]! * sin + samples[i + 1]! * cos;
  }
  const count = samples.length / 2;
  return { power: (re * re + im * im) / count ** 2, phase: Math.atan2(im, re) };
}

it('doppler-source sends a tone: it is one, where it says it is, without a gap', async () => {
  const source = startSource();
  const { text } = await source.next('line');
  const announced = Number(/tone_freq=(\d+)Hz/.exec(text)![1]);
  expect(announced).toBe(TONE_FREQ);
  const received = record(fromPull(await source.bound(), { sampleType: 'cf64' }).pipe(take(20)));

  const frames = await received.values.takeMany(20);
  await received.completed;

  let phase: number | undefined;
  frames.forEach((frame, i) => {
    expect(frame).toMatchObject({
      sampleType: 'cf64',
      numSamples: BLOCK,
      sampleRate: SAMPLE_RATE,
      centerFreq: CENTER_FREQ,
      sequence: i,
      streamId: 0,
      protocol: 0,
    });
    const total = frame.samples.reduce((sum, value) => sum + value * value, 0) / BLOCK;
    const tone = component(frame.samples, announced, frame.sampleRate);
    expect(tone.power / total).toBeGreaterThan(0.999);
    expect(component(frame.samples, -announced, frame.sampleRate).power / total).toBeLessThan(1e-3);
    expect(tone.phase).toBeCloseTo((phase ??= tone.phase), 2);
  });
});

it('doppler-source killed in mid-stream is no error: fromPull says so and goes on with the next one', async () => {
  const statuses = new Statuses();
  const source = startSource();
  const endpoint = await source.bound();
  const sequences: number[] = [];
  const received = record(fromPull(endpoint, { status: statuses }).pipe(map(({ sequence }) => sequence)));
  await statuses.take('connected');
  sequences.push(...(await received.values.takeMany(50)));

  await source.kill();
  expect(await statuses.take('disconnected')).toMatchObject({ endpoint });
  expect((await statuses.take('retrying')).delayMs).toBeGreaterThan(0);
  expect(received.open).toBe(true);

  const next = startSource(endpoint);
  await next.bound();
  expect(await statuses.take('connected')).toMatchObject({ endpoint });
  while (sequences.lastIndexOf(0) === 0) sequences.push(await received.values.take());
  const second = sequences.splice(sequences.lastIndexOf(0));
  second.push(...(await received.values.takeMany(50)));

  expect(sequences).toEqual(sequences.map((_, i) => i));
  expect(second).toEqual(second.map((_, i) => i));
  expect(received.open).toBe(true);
  expect(new Set(statuses.told.map(({ socketId }) => socketId)).size).toBe(1);
});
