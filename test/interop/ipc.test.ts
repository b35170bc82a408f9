import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { from } from 'rxjs';
import { frame, fromPull, toPush } from 'rxzmq';
import { it, onTestFinished } from 'vitest';
import { expectFrame, expectSeen, META, NUM_SAMPLES } from './harness/expectations.js';
import { Peer } from './harness/Peer.js';
import { pattern } from './harness/patterns.js';
import { record, Statuses } from './harness/record.js';

function freeIpc(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rxzmq-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return `ipc://${join(folder, 'iq')}`;
}

it('doppler Push to fromPull over ipc', async () => {
  const push = Peer.start('push', '--type', 'cf64', '--endpoint', freeIpc());
  const received = record(fromPull(await push.bound()));
  for (let seed = 0; seed < 5; seed += 1) push.order({ seed, numSamples: NUM_SAMPLES, ...META });

  const frames = await received.values.takeMany(5);

  frames.forEach((it, i) => expectFrame(it, 'cf64', i, { sequence: i }));
});

it('toPush to doppler Pull over ipc', async () => {
  const statuses = new Statuses();
  const inputs = Array.from({ length: 5 }, (_, i) => frame(pattern('cf64', i, NUM_SAMPLES), META));
  const sent = record(from(inputs).pipe(toPush(freeIpc(), { status: statuses })));
  const pull = Peer.start('pull', '--type', 'cf64', '--endpoint', await statuses.bound());

  const seen = await pull.take(5, 'frame');
  await sent.completed;

  seen.forEach((it, i) => expectSeen(it, sent.values.left[i]!));
});
