import { describe, expect, it } from 'vitest';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { PubPattern } from '../../../../src/engine/patterns/pubsub/PubPattern.js';
import { SubPattern } from '../../../../src/engine/patterns/pubsub/SubPattern.js';
import { XPubPattern } from '../../../../src/engine/patterns/pubsub/XPubPattern.js';
import { XSubPattern } from '../../../../src/engine/patterns/pubsub/XSubPattern.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, text, texts, type FakePipeSettings } from '../FakePipe.js';

function setUp(options: TypeOptions = {}, ...settings: FakePipeSettings[]) {
  const host = new FakeHost();
  const xsub = new XSubPattern(host, options);
  const pipes = (settings.length > 0 ? settings : [{}, {}]).map((one) => {
    const pipe = new FakePipe(one);
    pipe.open(xsub);
    return pipe;
  });
  const send = (...parts: string[]) => xsub.send(parts.map(bytes), false);
  const [a, b] = pipes as [FakePipe, FakePipe];
  return { host, xsub, pipes, a, b, send };
}

describe('XSubPattern: subscriptions', () => {
  it('are sent: each beginning goes on, and the last end (test_xsub_verbose)', () => {
    const { a, send, xsub } = setUp();
    for (const part of ['\x00A', '\x01A', '\x01A', '\x00A']) expect(send(part)).toBe(true);
    expect([a.takeTold(), xsub.topicCount]).toEqual([['+A', '+A'], 1]);
    send('\x00A');
    expect([a.takeTold(), xsub.topicCount]).toEqual([['-A'], 0]);
  });

  it('with verboseUnsubscribe each end goes on (test_xsub_verbose)', () => {
    const { a, send, xsub } = setUp({ verboseUnsubscribe: true });
    for (const part of ['\x00A', '\x01A', '\x01A', '\x00A', '\x00A']) send(part);
    expect([a.told, xsub.topicCount]).toEqual([['-A', '+A', '+A', '-A', '-A'], 0]);
  });

  it('go to all peers, full ones too, and to those that come later', () => {
    const { a, b, send, host } = setUp({}, { room: 0 }, { connects: true });
    send('\x01A');
    send('\x01A');
    send('\x01');
    expect([a.takeTold(), b.takeTold(), host.drops]).toEqual([['+A', '+A', '+'], [], []]);
    for (const _ of [1, 2]) {
      b.connect();
      expect(b.takeTold().sort()).toEqual(['+', '+A']);
      b.disconnect();
    }
  });

  it('can be made by subscribe as well', () => {
    const { a, xsub, send } = setUp();
    xsub.subscribe(bytes('A'));
    xsub.subscribe(bytes('A'));
    send('\x00A');
    xsub.unsubscribe(bytes('A'));
    expect(a.told).toEqual(['+A', '-A']);
  });

  it('may be among other parts: such a message is sent as it is', () => {
    const { a, send, xsub } = setUp();
    send('hello', '\x01A', 'world', '\x00A');
    send('\x01B', 'x');
    send('\x01C', '\x01D');
    expect(a.told).toEqual([]);
    expect(a.sent).toEqual([
      ['hello', '\x01A', 'world', '\x00A'],
      ['\x01B', 'x'],
      ['\x01C', '\x01D'],
    ]);
    expect(xsub.topicCount).toBe(3);
  });

  it('with onlyFirstSubscribe are only what begins with one', () => {
    const { a, send, xsub } = setUp({ onlyFirstSubscribe: true });
    send('ABC', '\x01BC');
    send('ABC', '\x00BC');
    send('\x01BC', '\x01CD');
    expect(a.told).toEqual([]);
    expect(a.sent).toEqual([
      ['ABC', '\x01BC'],
      ['ABC', '\x00BC'],
      ['\x01BC', '\x01CD'],
    ]);
    expect(xsub.topicCount).toBe(2);
  });
});

describe('XSubPattern: messages', () => {
  it('go to all peers that have room', () => {
    const { pipes, send, host } = setUp({}, {}, { room: 1 }, { connects: true });
    expect([send('\x02A'), send(''), send('user', 'data')]).toEqual([true, true, true]);
    const all = [['\x02A'], [''], ['user', 'data']];
    expect(pipes.map(({ sent }) => sent)).toEqual([all, all.slice(0, 1), all]);
    expect([host.dropCount, host.writableCount]).toEqual([2, 0]);
    pipes[0]!.close();
    send('after');
    expect([pipes[0]!.sent.length, pipes[2]!.sent.length]).toEqual([3, 4]);
  });

  it('come unfiltered', () => {
    const { a, xsub, send } = setUp({ invertMatching: true });
    send('\x01A');
    for (const message of ['A', 'B', '']) a.deliver(message);
    expect([1, 2, 3, 4].map(() => texts(xsub.receive(true)))).toEqual([['A'], ['B'], [''], undefined]);
  });
});

describe('XSubPattern: as half of a proxy', () => {
  /** Hands over what one side's pipe has written and told to the other side's. */
  const carry = (from: FakePipe, to: FakePipe) => {
    for (const told of from.takeTold()) to.deliverSubscription(told.slice(1), told.startsWith('+'));
    for (const parts of from.takeSent()) to.deliver(...parts);
  };

  it('passes subscriptions up and messages down (test_sub_forward)', () => {
    const [pub, xsub] = [new PubPattern(new FakeHost(), {}), new XSubPattern(new FakeHost(), {})];
    const [xpub, sub] = [new XPubPattern(new FakeHost(), {}), new SubPattern(new FakeHost(), {})];
    const ends = [pub, xsub, xpub, sub].map((pattern) => {
      const pipe = new FakePipe();
      pipe.open(pattern);
      return pipe;
    });
    const [ofPub, ofXSub, ofXPub, ofSub] = ends as [FakePipe, FakePipe, FakePipe, FakePipe];

    sub.subscribe(bytes(''));
    carry(ofSub, ofXPub);
    xsub.send(xpub.receive(false)!, true);
    carry(ofXSub, ofPub);
    pub.send([bytes('')], false);
    carry(ofPub, ofXSub);
    xpub.send(xsub.receive(false)!, true);
    carry(ofXPub, ofSub);
    expect(sub.receive(false)!.map(text)).toEqual(['']);

    ofXPub.close();
    xsub.send(xpub.receive(false)!, true);
    carry(ofXSub, ofPub);
    pub.send([bytes('')], false);
    expect(ofPub.sent).toEqual([]);
  });
});
