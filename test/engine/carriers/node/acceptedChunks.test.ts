import { expect, it, vi } from 'vitest';
import { tcpCarrier } from '../../../../src/engine/carriers/node/tcp.js';
import { connectedPair, pattern, same } from '../Side.js';

// As on a platform whose accepted sockets read into memory of their own.
vi.mock('../../../../src/engine/carriers/node/readInPlace.js', () => ({ readInPlace: () => undefined }));

it('hands over what accepted sockets read, where they cannot read in place', async () => {
  const { near, far } = await connectedPair(tcpCarrier, 'tcp://127.0.0.1:*');
  const bytes = pattern(3_000_000);
  await Promise.all([near.send(bytes), far.untilReceived(bytes.length)]);
  await Promise.all([far.send(bytes), near.untilReceived(bytes.length)]);
  expect([same(far.bytes, bytes), same(near.bytes, bytes)]).toEqual([true, true]);
  expect(new Set(far.reads.map(([how]) => how))).toEqual(new Set(['data']));
  near.end();
  await far.untilHeard('ended');
  far.end();
  await Promise.all([near.untilHeard('closed'), far.untilHeard('closed')]);
});
