import { describe, expect, it } from 'vitest';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { PubPattern } from '../../../../src/engine/patterns/pubsub/PubPattern.js';
import { CLEARED_IN_A_TURN } from '../../../../src/engine/patterns/pubsub/SubscriptionTable.js';
import { UnsupportedError } from '../../../../src/errors.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, type FakePipeSettings } from '../FakePipe.js';

function setUp(options: TypeOptions = {}, ...settings: FakePipeSettings[]) {
  const host = new FakeHost();
  const pub = new PubPattern(host, options);
  const pipes = (settings.length > 0 ? settings : [{}, {}, {}]).map((one) => {
    const pipe = new FakePipe(one);
    pipe.open(pub);
    return pipe;
  });
  const send = (...parts: string[]) => pub.send(parts.map(bytes), false);
  const sent = () => pipes.map((pipe) => pipe.takeSent().map((parts) => parts.join('|')));
  const [a, b, c] = pipes as [FakePipe, FakePipe, FakePipe];
  return { host, pub, pipes, a, b, c, send, sent };
}

describe('PubPattern: who gets what', () => {
  it('sends to those that subscribed to a topic the first part starts with, once each', () => {
    const { a, b, send, sent, host } = setUp();
    a.deliverSubscription('');
    a.deliverSubscription('te');
    b.deliverSubscription('te');
    b.deliverSubscription('tem');
    for (const parts of [['temp', 'te'], ['te'], ['t', 'temp'], ['']]) expect(send(...parts)).toBe(true);
    expect(sent()).toEqual([['temp|te', 'te', 't|temp', ''], ['temp|te', 'te'], []]);
    expect(host.drops).toEqual([]);
  });

  it('sends without a subscriber, to nobody', () => {
    const { send, sent, host } = setUp();
    expect([send('x'), sent(), host.drops]).toEqual([true, [[], [], []], []]);
    expect(new PubPattern(host, {}).send([bytes('x')], false)).toBe(true);
  });

  it('takes the end of a subscription once, however often it was made', () => {
    const { a, send, sent, pub } = setUp();
    a.deliverSubscription('A');
    a.deliverSubscription('A');
    a.deliverSubscription('B', false);
    send('A');
    a.deliverSubscription('A', false);
    send('A');
    expect([sent()[0], pub.topicCount]).toEqual([['A'], 0]);
  });

  it('takes subscriptions that come as messages, and ignores all else that comes', () => {
    const { a, b, send, sent, host } = setUp();
    a.deliver('\x01A');
    b.deliver('hello', '\x01B');
    b.deliver('');
    send('A');
    send('B');
    a.deliver('\x00A');
    send('A');
    expect(sent()).toEqual([['A'], ['B'], []]);
    expect([a.readable, b.readable, host.readableCount, host.subscriberCounts]).toEqual([false, false, 0, [1, 2, 1]]);
  });

  it('with onlyFirstSubscribe looks at later parts only behind a subscription', () => {
    const { a, b, send, sent } = setUp({ onlyFirstSubscribe: true });
    a.deliver('hello', '\x01A');
    b.deliver('\x01B', '\x01A');
    send('A');
    send('B');
    expect(sent()).toEqual([[], ['A', 'B'], []]);
  });

  it('counts topics (test_pubsub_topics_count)', () => {
    const { a, b, pub } = setUp();
    const counts = ['topicprefix1', 'topicprefix2', 'topicprefix3'].map((topic) => {
      a.deliverSubscription(topic);
      return pub.topicCount;
    });
    a.deliverSubscription('topicprefix3', false);
    counts.push(pub.topicCount);
    for (const topic of ['topicprefix1', 'topicprefix2']) a.deliverSubscription(topic, false);
    counts.push(pub.topicCount);
    for (const topic of ['a', 'ab', 'abc', 'xyz', 'xy', 'x']) a.deliverSubscription(topic);
    for (const topic of ['a', 'ab', 'abc']) b.deliverSubscription(topic);
    expect([...counts, pub.topicCount]).toEqual([1, 2, 3, 2, 0, 6]);
  });

  it('with invertMatching sends to all others (test_pub_invert_matching)', () => {
    const { a, b, send, sent } = setUp({ invertMatching: true });
    a.deliverSubscription('prefix1');
    b.deliverSubscription('p2');
    send('prefix1');
    send('p2');
    send('none');
    expect(sent()).toEqual([
      ['p2', 'none'],
      ['prefix1', 'none'],
      ['prefix1', 'p2', 'none'],
    ]);
    a.close();
    send('x');
    expect(sent()).toEqual([[], ['x'], ['x']]);
  });

  it('says how many connections have a subscription', () => {
    const { a, b, host } = setUp();
    a.deliverSubscription('1');
    a.deliverSubscription('2');
    b.deliverSubscription('1');
    a.deliverSubscription('1', false);
    a.deliverSubscription('2', false);
    b.close();
    expect(host.subscriberCounts).toEqual([1, 2, 1, 0]);
  });

  it('greets each new peer', () => {
    const welcomeMessage = bytes('W');
    const { pub, a, sent, host } = setUp({ welcomeMessage }, {}, { connects: true }, { room: 0 });
    expect(sent()).toEqual([['W'], [], []]);
    expect(host.dropCount).toBe(1);
    const connecting = new FakePipe({ connects: true });
    connecting.open(pub);
    for (const _ of [1, 2]) {
      connecting.connect();
      connecting.disconnect();
    }
    a.disconnect();
    expect(connecting.sent).toEqual([['W'], ['W']]);
    expect(setUp({ welcomeMessage: new Uint8Array() }).sent()).toEqual([[], [], []]);
  });

  it('receives nothing and subscribes to nothing itself', () => {
    const { pub, a } = setUp();
    a.deliver('\x02hello');
    for (const call of [() => pub.receive(false), () => pub.subscribe(bytes('')), () => pub.unsubscribe(bytes(''))]) {
      expect(call).toThrow(UnsupportedError);
    }
    expect(pub.from).toBeUndefined();
  });
});

describe('PubPattern: peers without room', () => {
  it('drops for them alone, and says so (test_hwm_pubsub)', () => {
    const { a, b, send, sent, host } = setUp({}, { room: 100 }, { room: 1000 });
    a.deliverSubscription('');
    b.deliverSubscription('');
    for (let count = 0; count < 1000; count += 1) expect(send('message')).toBe(true);
    expect(sent().map(({ length }) => length)).toEqual([100, 1000]);
    expect([host.dropCount, host.writableCount]).toEqual([900, 0]);
    a.room = 1;
    send('again');
    expect(sent()).toEqual([['again'], []]);
  });

  it('with noDrop holds back for each that would get it, and loses nothing (test_xpub_nodrop)', () => {
    const { a, b, c, send, sent, host } = setUp({ noDrop: true }, { room: 1 }, { room: 2 }, { room: 0 });
    a.deliverSubscription('A');
    b.deliverSubscription('');
    c.deliverSubscription('C');
    expect([send('A1'), send('A2'), send('B'), send('B')]).toEqual([true, false, true, false]);
    expect(sent()).toEqual([['A1'], ['A1', 'B'], []]);
    a.room = 5; // not the one it waits for last
    expect(host.writableCount).toBe(0);
    b.room = 2;
    expect(host.writableCount).toBe(1);
    expect([send('A2'), send('C'), send('B')]).toEqual([true, false, true]);
    expect([sent(), host.drops]).toEqual([[['A2'], ['A2', 'B'], []], []]);
  });

  it.each([
    ['is gone', (pipe: FakePipe) => pipe.close()],
    ['has lost its connection', (pipe: FakePipe) => pipe.disconnect()],
    ['does not want it any more', (pipe: FakePipe) => pipe.deliverSubscription('', false)],
    ['does not want it any more, said by a message', (pipe: FakePipe) => pipe.deliver('\x00')],
  ])('with noDrop goes on when the peer that held it back %s', (_, leave) => {
    const { a, b, send, sent, host } = setUp({ noDrop: true }, { room: 0 }, {});
    a.deliverSubscription('');
    b.deliverSubscription('');
    const retried: boolean[] = [];
    host.onWritable = () => retried.push(send('x'));
    expect([send('x'), host.writableCount]).toEqual([false, 0]);
    leave(a);
    expect([retried, sent()]).toEqual([[true], [[], ['x']]]);
  });
});

describe('PubPattern: connections that end', () => {
  it('sends nothing to a peer that is gone, and forgets its topics', () => {
    const { a, b, send, sent, pub } = setUp();
    for (const topic of ['', 'A', 'AB']) a.deliverSubscription(topic);
    b.deliverSubscription('A');
    a.close();
    send('ABC');
    expect([sent(), pub.topicCount]).toEqual([[[], ['ABC'], []], 1]);
  });

  it('forgets the topics of a connecting pipe with its connection', () => {
    const { a, pub, send, sent, host } = setUp({}, { connects: true });
    expect(host.subscriberCounts).toEqual([]);
    a.connect();
    a.deliverSubscription('A');
    a.disconnect();
    expect([send('A'), sent(), pub.topicCount]).toEqual([true, [[]], 0]);
    a.connect();
    send('A');
    a.deliverSubscription('B');
    send('B');
    expect([sent(), host.subscriberCounts]).toEqual([[['B']], [1, 0, 1]]);
  });

  it('is stopped for long by none, however many topics it had', () => {
    const { a, b, send, sent, pub, host } = setUp();
    for (let at = 0; at < 10 * CLEARED_IN_A_TURN; at += 1) a.deliverSubscription(`${at}`);
    b.deliverSubscription('9999');
    a.close();
    expect(pub.topicCount).toBeGreaterThanOrEqual(9 * CLEARED_IN_A_TURN - 1);
    for (let at = 0; at < 10 * CLEARED_IN_A_TURN; at += 1) send(`${at}`);
    expect([sent(), host.subscriberCounts]).toEqual([
      [[], ['9999'], []],
      [1, 2, 1],
    ]);
    expect(host.settle()).toBe(10);
    expect(pub.topicCount).toBe(1);
  });

  it('takes no subscription of a connection that is not there', () => {
    const { a, pub, host } = setUp({}, { connects: true });
    a.deliverSubscription('A');
    a.deliver('\x01A');
    a.connect();
    a.disconnect();
    a.deliver('\x01A');
    a.connect();
    a.close();
    a.deliverSubscription('A');
    expect([pub.topicCount, host.subscriberCounts]).toEqual([0, []]);
  });
});

describe('PubPattern: limits', () => {
  it('refuses a peer that wants too many topics, once, and goes on with what it has', () => {
    const { a, b, send, sent } = setUp({ maxSubscriptions: 2 });
    for (const topic of ['A', 'B', 'A', 'C', 'D', 'B']) a.deliverSubscription(topic);
    expect(a.refusals).toEqual(['more than 2 subscriptions']);
    for (const topic of ['A', 'B', 'C']) send(topic);
    a.deliverSubscription('A', false);
    a.deliverSubscription('C');
    for (const topic of ['A', 'B', 'C']) send(topic);
    expect(sent()[0]).toEqual(['A', 'B', 'B', 'C']);
    expect([a.refusals.length, b.refusals]).toEqual([1, []]);
  });

  it('refuses topics that are too long, in commands and messages', () => {
    const { a, b, c, pub } = setUp();
    a.deliverSubscription(new Uint8Array(1024));
    expect(a.refusals).toEqual([]);
    a.deliverSubscription(new Uint8Array(1025), false);
    expect(a.refusals).toEqual([]);
    a.deliverSubscription(new Uint8Array(1025));
    b.deliver(new Uint8Array(1026).fill(1));
    expect([a.refusals, b.refusals, c.refusals]).toEqual([
      ['a topic of 1025 bytes, 1024 are allowed'],
      ['a topic of 1025 bytes, 1024 are allowed'],
      [],
    ]);
    expect(pub.topicCount).toBe(1);
  });

  it('lets 32 MiB of topics in, however many those are', () => {
    const { a, b } = setUp();
    for (let at = 0; at < 2 ** 15; at += 1) b.deliverSubscription(`${at}`.padEnd(1024 - 256));
    expect(b.refusals).toEqual([]);
    b.deliverSubscription('one more');
    expect(b.refusals).toEqual(['subscriptions that weigh more than 33554432 bytes']);
    for (let at = 0; at < 100_000; at += 1) a.deliverSubscription(`${at}`);
    expect(a.refusals).toEqual([]);
  });

  it('weighs what a peer has now: topics that it has already, or no more, weigh nothing', () => {
    const { a } = setUp({ maxSubscriptionBytes: 2 * 260 });
    for (const topic of ['aaaa', 'bbbb', 'aaaa', 'bbbb']) a.deliverSubscription(topic);
    for (let at = 0; at < 1000; at += 1) {
      a.deliverSubscription('aaaa', false);
      a.deliverSubscription('aaaa', false);
      a.deliverSubscription('aaaa');
    }
    expect(a.refusals).toEqual([]);
    a.deliverSubscription('');
    expect(a.refusals).toEqual(['subscriptions that weigh more than 520 bytes']);
  });

  it('survives a pipe that ends while it is refused', () => {
    const { a, b, pub, send, sent, host } = setUp({ maxSubscriptions: 1 }, {}, { connects: true });
    b.connect();
    for (const pipe of [a, b]) {
      pipe.refusesAtOnce = true;
      pipe.deliver('\x01A', '\x01B', '\x01C');
    }
    send('A');
    expect([sent(), pub.topicCount, host.subscriberCounts]).toEqual([[[], []], 0, []]);
    b.connect();
    b.deliverSubscription('B');
    send('B');
    expect([sent(), b.refusals.length]).toEqual([[[], ['B']], 1]);
  });
});
