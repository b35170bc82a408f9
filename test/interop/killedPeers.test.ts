import { interval, map, Subject } from 'rxjs';
import { type Frame, frame, type FrameInput, fromSub, reply, request, toPub, toPush } from 'rxzmq';
import { expect, it } from 'vitest';
import { expectFrame, expectSeen, META, NUM_SAMPLES } from './harness/expectations.js';
import { Peer, type SeenFrame } from './harness/Peer.js';
import { pattern } from './harness/patterns.js';
import { record, Statuses } from './harness/record.js';

const PERIOD_MS = 5;

/** Frames at a steady pace, each with its number as the seed of its samples. */
function steadyFrames() {
  return interval(PERIOD_MS).pipe(map((seed) => frame(pattern('cf64', seed, NUM_SAMPLES), META)));
}

function expectUnbroken(seen: readonly SeenFrame[]): void {
  const first = seen[0]!.header.sequence;
  expect(seen.map(({ header }) => header.sequence)).toEqual(seen.map((_, i) => first + i));
  expect(seen.every(({ matches }) => matches)).toBe(true);
}

it('a doppler Pull killed while toPush sends: the next one gets on with it', async () => {
  const statuses = new Statuses();
  const sent = record(steadyFrames().pipe(toPush('tcp://127.0.0.1:*', { status: statuses })));
  const endpoint = await statuses.bound();
  const first = Peer.start('pull', '--type', 'cf64', '--endpoint', endpoint);
  const before = await first.take(20, 'frame');

  await first.kill();
  await statuses.take('disconnected');
  const second = Peer.start('pull', '--type', 'cf64', '--endpoint', endpoint);
  const after = await second.take(20, 'frame');

  expect(before[0]!.header.sequence).toBe(0);
  expectUnbroken(before);
  expectUnbroken(after);
  expect(after[0]!.header.sequence).toBeGreaterThanOrEqual(before.length);
  expect(sent.open).toBe(true);
});

it('what toPush has sent once its Pull is known to be gone waits for the next one', async () => {
  const statuses = new Statuses();
  const input = new Subject<FrameInput>();
  const sent = record(input.pipe(toPush('tcp://127.0.0.1:*', { status: statuses })));
  const endpoint = await statuses.bound();
  const first = Peer.start('pull', '--type', 'cf64', '--endpoint', endpoint);
  input.next(frame(pattern('cf64', 0, NUM_SAMPLES), META));
  expectSeen(await first.next('frame'), await sent.values.take());

  await first.kill();
  await statuses.take('disconnected');
  for (let seed = 1; seed <= 50; seed += 1) input.next(frame(pattern('cf64', seed, NUM_SAMPLES), META));
  input.complete();
  const second = Peer.start('pull', '--type', 'cf64', '--endpoint', endpoint);
  const seen = await second.take(50, 'frame');
  await sent.completed;

  const frames = await sent.values.takeMany(50);
  seen.forEach((it, i) => expectSeen(it, frames[i]!));
  expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, i) => i + 1));
});

it('a doppler Subscriber killed while toPub sends: others, and the next one, get every frame', async () => {
  const statuses = new Statuses();
  const sent = record(steadyFrames().pipe(toPub('tcp://127.0.0.1:*', { waitForSubscribers: 2, status: statuses })));
  const endpoint = await statuses.bound();
  const [killed, steady] = [0, 1].map(() => Peer.start('subscriber', '--type', 'cf64', '--endpoint', endpoint));
  await killed!.take(20, 'frame');

  await killed!.kill();
  await statuses.take('disconnected');
  const next = Peer.start('subscriber', '--type', 'cf64', '--endpoint', endpoint);
  const after = await next.take(20, 'frame');
  const through = await steady!.take(after.at(-1)!.header.sequence + 1, 'frame');

  expectUnbroken(after);
  expectUnbroken(through);
  expect(through[0]!.header.sequence).toBe(0);
  expect(sent.open).toBe(true);
});

it('a doppler Publisher killed in mid-stream: fromSub subscribes again to the next one', async () => {
  const statuses = new Statuses();
  const first = Peer.start('publisher', '--type', 'ci32');
  const endpoint = await first.bound();
  const received = record(fromSub(endpoint, { status: statuses }));
  first.order({ seed: 0, numSamples: NUM_SAMPLES, ...META });
  await received.values.takeMany(20);

  await first.kill();
  await statuses.take('disconnected');
  const second = Peer.start('publisher', '--type', 'ci32', '--endpoint', endpoint);
  await second.bound();
  second.order({ seed: 0, numSamples: NUM_SAMPLES, ...META, centerFreq: 2 });
  const isSecond = ({ centerFreq }: Frame) => centerFreq === 2;
  const frames: Frame[] = [];
  while (frames.length < 20) frames.push(await received.values.take(isSecond));

  const start = frames[0]!.sequence;
  frames.forEach((it, i) => expectFrame(it, 'ci32', start + i, { sequence: start + i, centerFreq: 2 }));
  expect(received.open).toBe(true);
});

it('a doppler Replier killed with a request in its hands: a retry reaches the next one', async () => {
  const statuses = new Statuses();
  const first = Peer.start('replier', '--type', 'ci32', '--hold');
  const endpoint = await first.bound();
  const input = new Subject<FrameInput>();
  const asked = record(input.pipe(request(endpoint, { timeoutMs: 1_000, retries: 5, status: statuses })));
  input.next(new Int32Array([1, 2]));
  input.complete();
  await first.next('request');

  await first.kill();
  await statuses.take('disconnected');
  const second = Peer.start('replier', '--type', 'ci32', '--endpoint', endpoint);
  await second.bound();

  expect([...(await asked.values.take()).samples]).toEqual([~1, ~2]);
  await asked.completed;
});

it('a doppler Requester killed before its reply costs nobody else anything', async () => {
  const statuses = new Statuses();
  const answer = new Subject<FrameInput>();
  const arrived = new Subject<Frame>();
  const arrivals = record(arrived);
  let calls = 0;
  const served = record(
    reply(
      'tcp://127.0.0.1:*',
      (it) => {
        calls += 1;
        arrived.next(it);
        return calls === 1 ? answer : frame(pattern('ci32', 9, NUM_SAMPLES));
      },
      { status: statuses },
    ),
  );
  const endpoint = await statuses.bound();
  const first = Peer.start('requester', '--type', 'ci32', '--endpoint', endpoint);
  first.order({ seed: 0, numSamples: NUM_SAMPLES, ...META });
  await arrivals.values.take();

  await first.kill();
  await statuses.take('disconnected');
  answer.next(new Int32Array([0, 0]));
  const second = Peer.start('requester', '--type', 'ci32', '--endpoint', endpoint);
  second.order({ seed: 0, numSamples: NUM_SAMPLES, ...META });
  const seen = await second.next('reply');

  expect(Buffer.from(seen.samples, 'base64')).toEqual(Buffer.from(pattern('ci32', 9, NUM_SAMPLES).buffer));
  expect(served.open).toBe(true);
});
