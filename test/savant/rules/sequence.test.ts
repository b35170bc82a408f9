import { expect, it } from 'vitest';
import { endOfStream } from '../../../src/savant/messages/endOfStream.js';
import { message } from '../../../src/savant/messages/message.js';
import { shutdown } from '../../../src/savant/messages/shutdown.js';
import type { Message, Payload } from '../../../src/savant/schema/types.js';
import { unknown } from '../../../src/savant/messages/unknown.js';
import { userData } from '../../../src/savant/messages/userData.js';
import { videoFrame } from '../../../src/savant/messages/videoFrame.js';
import { SequenceCheck } from '../../../src/savant/rules/SequenceCheck.js';
import { SequenceStamp } from '../../../src/savant/rules/SequenceStamp.js';

const frame = (sourceId: string): Payload => videoFrame({ sourceId, framerate: '30/1', width: 2, height: 1 });

function stamper(): (payload: Payload) => Message {
  const stamp = new SequenceStamp();
  return (payload) => {
    const seqId = stamp.next(payload);
    stamp.take(payload, seqId);
    return message(payload, { seqId, systemId: 'system' });
  };
}

it('counts each source from 1, whatever the payload, and again after its end', () => {
  const stamped = stamper();
  const ids = [frame('a'), userData('a'), userData('b'), frame('a'), endOfStream('a'), userData('a'), userData('b')];
  expect(ids.map((payload) => stamped(payload).seqId)).toEqual([1n, 2n, 1n, 3n, 4n, 1n, 2n]);
});

it('counts what has no source together', () => {
  const stamped = stamper();
  const ids = [unknown('x'), shutdown('y'), userData(''), unknown('z')];
  expect(ids.map((payload) => stamped(payload).seqId)).toEqual([1n, 2n, 1n, 3n]);
});

it('a number that was asked for and not taken is given again', () => {
  const stamp = new SequenceStamp();
  expect(stamp.next(userData('a'))).toBe(1n);
  expect(stamp.next(userData('a'))).toBe(1n);
});

it('remembers the 512 sources that were used last', () => {
  const stamped = stamper();
  for (let i = 0; i < 512; i += 1) stamped(userData(`source ${i}`));
  expect(stamped(userData('source 0')).seqId).toBe(2n);
  stamped(userData('one more')); // source 1 makes way
  expect(stamped(userData('source 0')).seqId).toBe(3n);
  expect(stamped(userData('source 1')).seqId).toBe(1n);
});

it('finds no gap in what a writer sent, nor where it starts again', () => {
  const check = new SequenceCheck();
  for (let run = 0; run < 2; run += 1) {
    const stamped = stamper();
    for (const payload of [frame('a'), userData('a'), endOfStream('a')]) {
      expect(check.check(stamped(payload))).toBeUndefined();
    }
  }
});

it('finds gaps, for each source of each system', () => {
  const check = new SequenceCheck();
  const came = (systemId: string, sourceId: string, seqId: bigint) =>
    check.check(message(userData(sourceId), { systemId, seqId }));
  expect(came('one', 'a', 1n)).toBeUndefined();
  expect(came('one', 'a', 4n)).toEqual({ systemId: 'one', sourceId: 'a', expected: 2n, received: 4n });
  expect(came('one', 'a', 5n)).toBeUndefined();
  expect(came('one', 'a', 5n)).toBeUndefined(); // it started again
  expect(came('one', 'a', 6n)).toBeUndefined();
  expect(came('two', 'a', 2n)).toEqual({ systemId: 'two', sourceId: 'a', expected: 1n, received: 2n });
  expect(came('one', 'b', 3n)).toEqual({ systemId: 'one', sourceId: 'b', expected: 1n, received: 3n });
  expect(came('onea', '', 1n)).toBeUndefined();
});

it('the end of a stream is checked, then its source is new', () => {
  const check = new SequenceCheck();
  const ended = message(endOfStream('a'), { systemId: 's', seqId: 3n });
  expect(check.check(ended)).toEqual({ systemId: 's', sourceId: 'a', expected: 1n, received: 3n });
  expect(check.check(message(userData('a'), { systemId: 's', seqId: 1n }))).toBeUndefined();
});
