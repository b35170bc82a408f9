import { fromPull } from 'rxzmq';
import { expect, it } from 'vitest';
import { collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';

it('takes the longest delay there is, whatever the jitter makes of it', async () => {
  const longest = 2 ** 31 - 1;
  const statuses = new Statuses();
  for (let round = 1; round <= 16; round += 1) {
    const source = fromPull('tcp://127.0.0.1:*', {
      bind: true,
      status: statuses,
      lingerMs: longest,
      reconnect: { initialMs: longest, maxMs: longest },
      heartbeat: { intervalMs: longest, timeoutMs: longest, ttlMs: 6_553_500 },
    });
    const opened = collect(source);
    await Promise.race([statuses.nth('listening', round), opened.completed]);
    opened.unsubscribe();
  }
  await statuses.nth('closed', 16);
  expect(new Set(statuses.all.map(({ kind }) => kind))).toEqual(new Set(['listening', 'closed']));
});
