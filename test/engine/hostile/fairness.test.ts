import { expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../../src/time/Clock.js';
import { defaultClock } from '../../../src/rx/defaultClock.js';
import { command, frame, repeated } from './support/bytes.js';
import { greeted } from './support/dial.js';
import { EngineEnd } from './support/EngineEnd.js';

const PEERS = 10;

/** Each look at it finds that a turn's time is over; everything else is as ever. */
function slowMachine(): Clock {
  let now = 0;
  return { ...defaultClock, realMs: () => (now += 100) };
}

it.each([
  ['commands that nobody knows', command('NONSENSE', 'x'.repeat(100))],
  ['PINGs', command('PING', '\0\0')],
  ['subscriptions', Buffer.concat([command('SUBSCRIBE', 'x'), command('CANCEL', 'x')])],
  ['subscriptions of ZMTP 3.0', Buffer.concat([frame(0, '\x01x'), frame(0, '\0x')])],
])('a storm of %s from many peers leaves each turn of the event loop to one', async (_, said) => {
  let turn = 0;
  let ends = false;
  const count = (): void => {
    turn += 1;
    if (!ends) setImmediate(count);
  };
  const pub = new EngineEnd('pub', { clock: slowMachine() });
  onTestFinished(() => {
    ends = true;
    return pub.close();
  });
  const endpoint = await pub.bind('tcp://127.0.0.1:*');
  const peers = await Promise.all(Array.from({ length: PEERS }, () => greeted(endpoint, 'SUB')));
  const flood = Buffer.concat([repeated(said, Math.floor(40_000 / said.length)), command('SUBSCRIBE', 'end')]);
  const turns = new Map<number, number>();
  setImmediate(count);
  const heard = peers.map(async (raw) => {
    raw.write(flood);
    raw.command('PING', '\0\0heard');
    while ((await raw.nextFrame()).body !== '\x04PONGheard');
  });
  let subscribers = 0;
  const tell = pub.log.add.bind(pub.log);
  pub.log.add = (event) => {
    tell(event);
    if (event.kind !== 'subscribed' || event.count <= subscribers) return;
    subscribers = event.count;
    turns.set(turn, (turns.get(turn) ?? 0) + 1);
  };
  await Promise.all(heard);

  // the first to be read opens the turn, so that two are looked at before the time is seen to be over
  expect(Math.max(...turns.values())).toBeLessThanOrEqual(2);
});
