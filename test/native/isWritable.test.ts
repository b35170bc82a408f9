import { firstValueFrom, map, take, toArray } from 'rxjs';
import { fromIterable } from 'rxzmq';
import { expect, it } from 'vitest';
import { bound, next, open, texts } from '../sockets/open.js';

it.each(['pair', 'dealer'] as const)('a %s socket that asks for room hears what comes meanwhile', async (type) => {
  const stalled = open(type, { driver: 'native', sendHighWaterMark: 1 });
  const peer = open(type, { receiveHighWaterMark: 1, highWaterBytes: 1 }).connect(await bound(stalled));
  const large = Array.from({ length: 100 }, () => new Uint8Array(200_000));
  const sending = fromIterable(large).pipe(stalled.sink()).subscribe();
  for (let n = 0; n < 200; n += 1) {
    await peer.send(String(n));
    expect(texts(await next(stalled))).toEqual([String(n)]);
  }
  const received = await firstValueFrom(
    peer.messages.pipe(
      take(100),
      map((parts) => parts[0]?.length),
      toArray(),
    ),
  );
  expect(received).toEqual(large.map((part) => part.length));
  sending.unsubscribe();
});
