import { describe, expect, it } from 'vitest';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { SubPattern } from '../../../../src/engine/patterns/pubsub/SubPattern.js';
import { UnsupportedError } from '../../../../src/errors.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, texts, type FakePipeSettings } from '../FakePipe.js';

function setUp(options: TypeOptions = {}, ...settings: FakePipeSettings[]) {
  const host = new FakeHost();
  const sub = new SubPattern(host, options);
  const pipes = (settings.length > 0 ? settings : [{}, {}]).map((one) => {
    const pipe = new FakePipe(one);
    pipe.open(sub);
    return pipe;
  });
  const heard = () => {
    const all: string[] = [];
    for (let parts = sub.receive(false); parts !== undefined; parts = sub.receive(false))
      all.push(texts(parts)!.join('|'));
    return all;
  };
  const [a, b] = pipes as [FakePipe, FakePipe];
  return { host, sub, pipes, a, b, heard };
}

describe('SubPattern: what it asks for', () => {
  it('is told to all peers, the first of each topic and the last end', () => {
    const { sub, pipes } = setUp();
    for (const topic of ['A', 'A', '', 'AB']) sub.subscribe(bytes(topic));
    for (const topic of ['A', 'unknown', 'A', 'A', '']) sub.unsubscribe(bytes(topic));
    for (const { told } of pipes) expect(told).toEqual(['+A', '+', '+AB', '-A', '-']);
    expect(sub.topicCount).toBe(1);
  });

  it('comes to the same at a peer that keeps a set and at one that counts', () => {
    const { sub, a } = setUp();
    for (const on of [true, true, true, false, true, false, false, false, true]) {
      if (on) sub.subscribe(bytes('A'));
      else sub.unsubscribe(bytes('A'));
      const counted = a.told.reduce((sum, one) => sum + (one === '+A' ? 1 : -1), 0);
      expect([counted, a.told.at(-1) === '+A']).toEqual([sub.topicCount, sub.topicCount === 1]);
    }
  });

  it('is told once each to a peer that comes later, and again to one that comes back', () => {
    const { sub, a } = setUp({}, { connects: true });
    for (const topic of ['b', '', 'a', 'b']) sub.subscribe(bytes(topic));
    expect(a.told).toEqual([]);
    a.connect();
    expect(a.takeTold().sort()).toEqual(['+', '+a', '+b']);
    a.disconnect();
    sub.subscribe(bytes('c'));
    sub.unsubscribe(bytes(''));
    a.connect();
    expect(a.takeTold().sort()).toEqual(['+a', '+b', '+c']);
    const late = new FakePipe();
    late.open(sub);
    expect(late.told.sort()).toEqual(['+a', '+b', '+c']);
  });

  it('has no limit where it is told again', () => {
    const { sub, a } = setUp({}, { connects: true, room: 1 });
    for (let at = 0; at < 5000; at += 1) sub.subscribe(bytes(`topic ${at}`));
    a.connect();
    expect(new Set(a.told).size).toBe(5000);
  });

  it('is not told to a peer that has ended', () => {
    const { sub, a, b } = setUp();
    a.close();
    sub.subscribe(bytes('A'));
    expect([a.told, b.told]).toEqual([[], ['+A']]);
  });
});

describe('SubPattern: what it receives', () => {
  it('starts with a topic, in whole messages and in turns', () => {
    const { sub, a, b, heard } = setUp();
    sub.subscribe(bytes('A'));
    for (const message of ['A1', 'B', 'A2', 'A3']) a.deliver(message, 'body');
    for (const message of ['A4', 'B']) b.deliver(message);
    expect(heard()).toEqual(['A1|body', 'A4', 'A2|body', 'A3|body']);
    expect(sub.from).toBe(a);
  });

  it('is nothing without a topic, all with the empty one', () => {
    const { sub, a, heard } = setUp();
    a.deliver('A');
    a.deliver('');
    expect(heard()).toEqual([]);
    sub.subscribe(bytes(''));
    a.deliver('A');
    a.deliver('');
    expect(heard()).toEqual(['A', '']);
  });

  it('is nothing of a topic that has ended, even if it came before', () => {
    const { sub, a, heard } = setUp();
    sub.subscribe(bytes('A'));
    a.deliver('A');
    sub.unsubscribe(bytes('A'));
    expect(heard()).toEqual([]);
  });

  it('with invertMatching is the rest (test_pub_invert_matching)', () => {
    const { sub, a, heard } = setUp({ invertMatching: true });
    sub.subscribe(bytes('prefix1'));
    for (const message of ['prefix1', 'p2', '']) a.deliver(message);
    expect(heard()).toEqual(['p2', '']);
  });

  it('is told to the host once for each time there was nothing', () => {
    const { sub, a, b, host, heard } = setUp();
    sub.subscribe(bytes('A'));
    a.deliver('B');
    b.deliver('B');
    expect([host.readableCount, heard()]).toEqual([1, []]);
    a.deliver('A');
    expect([host.readableCount, heard()]).toEqual([2, ['A']]);
  });

  it('may be lent', () => {
    const { sub, a } = setUp();
    sub.subscribe(bytes(''));
    a.deliver('first');
    a.deliver('second');
    const first = sub.receive(true);
    expect(texts(first)).toEqual(['first']);
    sub.receive(true);
    expect(texts(first)).not.toEqual(['first']); // as whoever borrows must know
  });

  it('stays readable when the peer has ended', () => {
    const { sub, a, b, heard } = setUp({}, { connects: true }, {});
    sub.subscribe(bytes(''));
    a.connect();
    for (const pipe of [a, b]) pipe.deliver('one');
    for (const pipe of [a, b]) pipe.deliver('two');
    a.disconnect();
    b.close();
    expect(heard().sort()).toEqual(['one', 'one', 'two', 'two']);
  });

  it('is all it does', () => {
    const { sub, a } = setUp();
    expect(() => sub.send([bytes('A')], false)).toThrow(UnsupportedError);
    a.deliverSubscription('A');
    a.deliverMembership('A');
    expect([a.refusals, a.sent]).toEqual([[], []]);
  });
});
