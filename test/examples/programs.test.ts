import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { firstValueFrom, interval, map, switchMap, take } from 'rxjs';
import { frame, fromSub, toPush } from 'rxzmq';
import { expect, it } from 'vitest';
import { Statuses } from '../helpers/Statuses.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('examples/programs/halve.ts relays the samples of a running system', async () => {
  const told = new Statuses();
  const radio = told
    .of('connected')
    .pipe(
      take(1), // however long the program takes to start
      switchMap(() => interval(1)),
      map(() => frame(new Float64Array([1, 0.5]), { sampleRate: 8000 })),
      toPush('tcp://127.0.0.1:*', { status: told }),
    )
    .subscribe();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'examples/programs/halve.ts', await told.endpoint(), 'tcp://127.0.0.1:*'],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!/frame \d+: 1 samples/.test(output) || !/listening tcp/.test(output)) await once(child.stdout, 'data');
  const endpoint = /listening (tcp:\S+)/.exec(output)?.[1] ?? '';
  expect(await firstValueFrom(fromSub(endpoint, { sampleType: 'cf64' }))).toMatchObject({
    samples: new Float64Array([0.5, 0.25]),
    sampleRate: 8000,
  });
  const exit = once(child, 'exit');
  child.kill();
  await exit;
  radio.unsubscribe();
});
