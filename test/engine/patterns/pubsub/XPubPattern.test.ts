import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { CLEARED_IN_A_TURN } from '../../../../src/engine/patterns/pubsub/SubscriptionTable.js';
import { XPubPattern } from '../../../../src/engine/patterns/pubsub/XPubPattern.js';
import { UnsupportedError } from '../../../../src/errors.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, text, texts, type FakePipeSettings } from '../FakePipe.js';

function setUp(options: TypeOptions = {}, ...settings: FakePipeSettings[]) {
  const host = new FakeHost();
  const xpub = new XPubPattern(host, options);
  const pipes = (settings.length > 0 ? settings : [{}, {}]).map((one) => {
    const pipe = new FakePipe(one);
    pipe.open(xpub);
    return pipe;
  });
  const send = (...parts: string[]) => xpub.send(parts.map(bytes), false);
  const sent = () => pipes.map((pipe) => pipe.takeSent().map((parts) => parts.join('|')));
  /** All there is to receive: `+topic`, `-topic`, or parts. */
  const heard = () => {
    const all: (string | string[])[] = [];
    for (let parts = xpub.receive(false); parts !== undefined; parts = xpub.receive(false)) {
      const change = parts.length === 1 && parts[0]!.length > 0 && parts[0]![0]! <= 1;
      all.push(change ? (parts[0]![0] === 1 ? '+' : '-') + text(parts[0]!.subarray(1)) : texts(parts)!);
    }
    return all;
  };
  const [a, b] = pipes as [FakePipe, FakePipe];
  return { host, xpub, pipes, a, b, send, sent, heard };
}

describe('XPubPattern: what it hears', () => {
  it('is the first subscription to each topic and the last end, as messages', () => {
    const { a, b, xpub, heard } = setUp();
    a.deliverSubscription('A');
    expect(xpub.receive(true)).toEqual([Uint8Array.of(1, 65)]);
    expect(xpub.from).toBe(a);
    for (const pipe of [a, b, b]) pipe.deliverSubscription('A');
    b.deliverSubscription('');
    a.deliverSubscription('A', false);
    expect(heard()).toEqual(['+']);
    expect(xpub.from).toBe(b);
    b.deliverSubscription('A', false);
    expect(xpub.receive(true)).toEqual([Uint8Array.of(0, 65)]);
    expect(heard()).toEqual([]);
  });

  it('is the same for subscriptions that come as messages (test_mock_pub_sub)', () => {
    const { a, b, heard, send, sent } = setUp();
    a.deliver('\x01A');
    b.deliverSubscription('B');
    expect(heard()).toEqual(['+A', '+B']);
    send('ALOL');
    send('BLOL');
    expect(sent()).toEqual([['ALOL'], ['BLOL']]);
    a.deliver('\x00A');
    b.deliver('\x00B');
    expect(heard()).toEqual(['-A', '-B']);
  });

  it('is told to the host once for each time there was nothing', () => {
    const { a, host, heard } = setUp();
    a.deliverSubscription('A');
    a.deliverSubscription('B');
    expect(host.readableCount).toBe(1);
    heard();
    a.deliverSubscription('A');
    expect(host.readableCount).toBe(1);
    a.deliver('\x00A');
    a.close();
    expect([host.readableCount, heard()]).toEqual([2, ['-A', '-B']]);
  });

  it('has topics of any length up to the limit (test_xpub_topic)', () => {
    const { a, heard } = setUp();
    for (const length of [245, 246, 255, 256, 1024]) {
      const topic = 'ABCDEFGHIJKLMNOP'.repeat(64).slice(0, length);
      a.deliverSubscription(topic);
      a.deliverSubscription(topic, false);
      expect(heard()).toEqual([`+${topic}`, `-${topic}`]);
    }
  });

  it('is the end of a subscription that nobody had, as libzmq tells it', () => {
    const { a, b, heard } = setUp();
    a.deliverSubscription('A', false);
    expect(heard()).toEqual(['-A']);
    b.deliverSubscription('A');
    a.deliverSubscription('A', false);
    expect(heard()).toEqual(['+A']);
    a.deliverSubscription(new Uint8Array(1025), false);
    expect(heard()).toEqual([]);
  });

  it('is nothing of what a refused peer asks beyond its limit', () => {
    const { a, heard } = setUp({ maxSubscriptions: 1, verboser: true });
    a.deliverSubscription('A');
    a.deliverSubscription('B');
    expect([heard(), a.refusals.length]).toEqual([['+A'], 1]);
  });

  it('with welcomeMessage stays as it is (test_xpub_welcome_msg)', () => {
    const { a, heard, sent } = setUp({ welcomeMessage: bytes('W') });
    a.deliverSubscription('W');
    expect([heard(), sent()[0]]).toEqual([['+W'], ['W']]);
  });
});

describe('XPubPattern: verbose and verboser', () => {
  it('verbose hears each subscription (test_xpub_verbose)', () => {
    const { a, b, heard, send, sent } = setUp({ verbose: true });
    for (const pipe of [a, a, b]) pipe.deliverSubscription('A');
    a.deliverSubscription('B');
    expect(heard()).toEqual(['+A', '+A', '+A', '+B']);
    send('A');
    send('B');
    expect(sent()).toEqual([['A', 'B'], ['A']]);
    a.deliverSubscription('A', false);
    expect(heard()).toEqual([]);
    b.deliverSubscription('A', false);
    expect(heard()).toEqual(['-A']);
  });

  it('verboser hears each end too, one that ended nothing included', () => {
    const { a, b, heard } = setUp({ verboser: true });
    a.deliverSubscription('A');
    b.deliverSubscription('A');
    for (const pipe of [b, b, a, a]) pipe.deliverSubscription('A', false);
    expect(heard()).toEqual(['+A', '+A', '-A', '-A', '-A', '-A']);
  });

  it('without either hears only the first and the last', () => {
    const { a, b, heard } = setUp();
    a.deliverSubscription('A');
    b.deliverSubscription('A');
    for (const pipe of [a, b]) pipe.deliverSubscription('A', false);
    expect(heard()).toEqual(['+A', '-A']);
  });
});

describe('XPubPattern: connections that end', () => {
  it('are heard by the topics that nobody has any more', () => {
    const { a, b, heard, xpub } = setUp();
    for (const topic of ['A', 'B', 'C']) a.deliverSubscription(topic);
    b.deliverSubscription('B');
    heard();
    a.close();
    expect(heard()).toEqual(['-A', '-C']);
    expect(xpub.from).toBe(a);
    b.close();
    expect(heard()).toEqual(['-B']);
  });

  it('verboser hears all their topics', () => {
    const { a, b, heard } = setUp({ verboser: true });
    for (const pipe of [a, b]) for (const topic of ['A', 'B']) pipe.deliverSubscription(topic);
    heard();
    a.close();
    expect(heard()).toEqual(['-A', '-B']);
  });

  it('are heard on a connecting side too, and what comes again', () => {
    const { a, heard } = setUp({}, { connects: true });
    a.connect();
    a.deliverSubscription('A');
    a.disconnect();
    a.connect();
    a.deliverSubscription('A');
    expect(heard()).toEqual(['+A', '-A', '+A']);
  });

  it('leave no message behind that would subscribe for the next connection', () => {
    const { a, b, heard, send, sent } = setUp({}, { connects: true }, {});
    a.connect();
    for (let count = 0; count < 1000; count += 1) b.deliver(`user ${count}`);
    a.deliver('\x01A');
    a.deliver('last');
    a.disconnect();
    a.connect();
    send('A');
    expect([sent()[0], heard().slice(999)]).toEqual([[], [['user 999'], ['last']]]);
  });

  it('are heard in slices, in the end of all topics', () => {
    const { a, b, heard, host } = setUp();
    for (let at = 0; at < 3 * CLEARED_IN_A_TURN; at += 1) a.deliverSubscription(`${at}`);
    b.deliverSubscription('0');
    heard();
    a.close();
    const first = heard();
    expect(first.length).toBe(CLEARED_IN_A_TURN - 1);
    const later: (string | string[])[] = [];
    host.onReadable = () => later.push(...heard());
    host.settle();
    expect(new Set([...first, ...later]).size).toBe(3 * CLEARED_IN_A_TURN - 1);
    expect(first).not.toContain('-0');
  });
});

describe("XPubPattern: the peers' own messages", () => {
  it('are received whole, between what the peer says of topics', () => {
    const { a, heard, send } = setUp();
    a.deliver('\x02A');
    a.deliver('hello', 'world');
    a.deliver('');
    a.deliver('', '\x01A', 'x', '\x00A', 'y', '\x02');
    a.deliver('\x01B', 'z');
    a.deliver('', '\x01C');
    const whole = ['', '\x01A', 'x', '\x00A', 'y', '\x02']; // its subscriptions are done, and not told apart from it
    expect(heard()).toEqual([['\x02A'], ['hello', 'world'], [''], whole, '+B', ['z'], ['', '\x01C']]);
    send('C');
    send('A');
    expect(a.sent).toEqual([['C']]);
  });

  it('with onlyFirstSubscribe may have parts that look like subscriptions (test_xpub_manual)', () => {
    const { a, heard } = setUp({ onlyFirstSubscribe: true });
    a.deliver('ABC', '\x00BC');
    a.deliver('ABC', '\x01BC');
    a.deliver('\x01BC', '\x01CD');
    a.deliver('\x00BC', '\x00CD');
    expect(heard()).toEqual([['ABC', '\x00BC'], ['ABC', '\x01BC'], '+BC', '+CD', '-BC', '-CD']);
  });

  it('belong to the receiver', () => {
    const { a, b, xpub } = setUp();
    a.deliver('first');
    b.deliver('second');
    const kept = [xpub.receive(true), xpub.receive(true)];
    a.deliver('third');
    xpub.receive(true);
    expect(kept.map(texts)).toEqual([['first'], ['second']]);
  });

  it('wait in the pipes when many wait here, and lose nothing', () => {
    const { pipes, a, b, xpub, heard, host } = setUp();
    for (let count = 0; count < 3000; count += 1)
      for (const pipe of pipes) pipe.deliver(`${pipes.indexOf(pipe)}:${count}`);
    expect([a.readable, b.readable, host.readableCount]).toEqual([true, true, 1]);
    a.close(); // what it left behind is received all the same
    b.deliver('\x01B');
    const all: string[] = [];
    for (let parts = xpub.receive(false); parts; parts = xpub.receive(false)) {
      all.push(text(parts[0]!));
      expect(xpub.from).toBe(pipes[Number(all.at(-1)![0]!)] ?? b);
    }
    expect(all.length).toBe(6001);
    for (const number of [0, 1]) {
      const own = all.filter((one) => one.startsWith(`${number}:`));
      expect(own).toEqual(Array.from({ length: 3000 }, (_, at) => `${number}:${at}`));
    }
    expect([all.at(-1), heard(), a.readable, b.readable]).toEqual(['\x01B', [], false, false]);
  });
});

describe('XPubPattern: manual', () => {
  it('subscribes a peer to something else (test_xpub_manual: basic)', () => {
    const { a, b, xpub, heard, send, sent, host } = setUp({ manual: true });
    a.deliverSubscription('A');
    send('A');
    expect([heard(), host.subscriberCounts]).toEqual([['+A'], []]);
    xpub.subscribe(bytes('B'));
    for (const topic of ['A', 'B']) send(topic);
    expect([sent(), host.subscriberCounts]).toEqual([[['B'], []], [1]]);
    b.close();
    send('B');
    expect(sent()).toEqual([['B'], []]);
  });

  it('ends what it made (test_xpub_manual: unsubscribe)', () => {
    const { a, xpub, send, sent } = setUp({ manual: true });
    const next = () => texts(xpub.receive(false))?.[0];
    a.deliver('\x01A');
    a.deliver('\x01B');
    expect(next()).toBe('\x01A');
    xpub.subscribe(bytes('XA'));
    expect(next()).toBe('\x01B');
    xpub.subscribe(bytes('XB'));
    a.deliver('\x00A');
    expect(next()).toBe('\x00A');
    xpub.unsubscribe(bytes('XA'));
    for (const topic of ['XA', 'XB']) send(topic);
    expect(sent()[0]).toEqual(['XB']);
    a.close();
    expect(next()).toBe('\x00B');
    xpub.unsubscribe(bytes('XB'));
    expect([next(), xpub.topicCount]).toEqual([undefined, 0]);
  });

  it('hears each request of each peer, and each end by death (test_xpub_manual: proxy)', () => {
    const { a, b, xpub, heard, send, sent } = setUp({ manual: true });
    for (const pipe of [a, b]) {
      pipe.deliverSubscription('1');
      expect(heard()).toEqual(['+1']);
      xpub.subscribe(bytes('1'));
    }
    send('1', 'X');
    expect(sent()).toEqual([['1|X'], ['1|X']]);
    a.deliverSubscription('1');
    expect(heard()).toEqual(['+1']);
    a.close();
    b.close();
    expect([heard(), xpub.topicCount]).toEqual([['-1', '-1'], 0]);
  });

  it('does nothing for a peer that is gone (test_xpub_manual: cleanup)', () => {
    const { a, b, xpub, heard, send, sent } = setUp({ manual: true });
    a.deliverSubscription('A');
    heard();
    xpub.subscribe(bytes('XA'));
    a.close();
    xpub.subscribe(bytes('XA'));
    expect(heard()).toEqual(['-A']);
    xpub.unsubscribe(bytes('XA'));
    b.deliverSubscription('B');
    heard();
    xpub.subscribe(bytes('XB'));
    for (const topic of ['XA', 'XB']) send(topic);
    expect(sent()).toEqual([[], ['XB']]);
  });

  it('does nothing for the next connection of a peer whose request is old', () => {
    const { a, xpub, send, sent, heard } = setUp({ manual: true }, { connects: true });
    a.connect();
    a.deliverSubscription('A');
    a.disconnect();
    a.connect();
    xpub.receive(false);
    xpub.subscribe(bytes('A'));
    send('A');
    expect([sent(), heard()]).toEqual([[[]], ['-A']]);
  });

  it('keeps the peer while messages of others are received', () => {
    const { a, b, xpub, send, sent } = setUp({ manual: true });
    a.deliverSubscription('A');
    b.deliver('hello');
    xpub.receive(false);
    xpub.receive(false);
    xpub.subscribe(bytes('A'));
    send('A');
    expect(sent()).toEqual([['A'], []]);
  });

  it('limits what a peer asks for, not what it is given', () => {
    const { a, xpub, heard } = setUp({ manual: true, maxSubscriptions: 1 });
    a.deliverSubscription('A');
    heard();
    for (const topic of ['1', '2', '3']) xpub.subscribe(bytes(topic));
    expect(a.refusals).toEqual([]);
    a.deliverSubscription('B');
    expect([a.refusals.length, heard(), xpub.topicCount]).toEqual([1, [], 3]);
  });

  it('is needed to subscribe', () => {
    const { xpub } = setUp();
    expect(() => xpub.subscribe(bytes('A'))).toThrow(UnsupportedError);
    expect(() => xpub.unsubscribe(bytes('A'))).toThrow(UnsupportedError);
  });
});

describe('XPubPattern: manualLastValue', () => {
  const subscribed = (options: TypeOptions = {}) => {
    const made = setUp({ manualLastValue: true, ...options });
    for (const pipe of [made.a, made.b]) {
      pipe.deliverSubscription('A');
      made.heard();
      made.xpub.subscribe(bytes('A'));
    }
    return made;
  };

  it('sends the first message after a request to that peer alone (test_xpub_manual_last_value)', () => {
    const { send, sent } = subscribed();
    send('A1');
    send('A2');
    expect(sent()).toEqual([['A2'], ['A1', 'A2']]);
  });

  it('sends it to nobody where that peer does not want it (test_xpub_manual_last_value: missing subscriptions)', () => {
    const { a, b, xpub, heard, send, sent } = setUp({ manualLastValue: true });
    for (const [pipe, topic] of [
      [a, '1'],
      [b, '2'],
    ] as const) {
      pipe.deliverSubscription(topic);
      heard();
      xpub.subscribe(bytes(topic));
    }
    send('1', 'X');
    send('2', 'X');
    expect(sent()).toEqual([[], ['2|X']]);
  });

  it('with noDrop waits for that peer, and still sends to it alone', () => {
    const { a, b, send, sent, host } = subscribed({ noDrop: true });
    b.room = 0;
    expect(send('A1')).toBe(false);
    b.room = 5;
    expect([host.writableCount, send('A1'), send('A2')]).toEqual([1, true, true]);
    expect([a.takeSent(), sent()[1]]).toEqual([[['A2']], ['A1', 'A2']]);
  });

  it('forgets the peer when it goes', () => {
    const { b, send, sent } = subscribed();
    b.close();
    send('A');
    expect(sent()).toEqual([['A'], []]);
  });
});

describe('XPubPattern: an application that does not receive', () => {
  it('takes no more memory for a peer that comes and goes for ever, and hears what it comes to', () => {
    for (const options of [{}, { verbose: true }, { verboser: true }, { manual: true }]) {
      const { xpub, heard, host } = setUp(options);
      for (let at = 0; at < 3000; at += 1) {
        const pipe = new FakePipe();
        pipe.open(xpub);
        for (const topic of ['always', `one ${at}`, 'always']) pipe.deliverSubscription(topic);
        pipe.deliverSubscription(`two ${at}`);
        pipe.deliverSubscription(`two ${at}`, false);
        pipe.close();
        host.settle();
      }
      expect(heard().length).toBeLessThanOrEqual(10_000);
    }
  });

  it('hears repetitions one by one, but not where too much waits', () => {
    for (const options of [{ verboser: true }, { manual: true }]) {
      const { a, heard } = setUp(options);
      const repeat = () => {
        for (const on of [true, true, true, false, false]) a.deliverSubscription('A', on);
        a.deliverSubscription('B');
      };
      repeat();
      expect(heard()).toEqual(['+A', '+A', '+A', '-A', '-A', '+B']);
      repeat();
      for (let at = 0; at < 10_000; at += 1) a.deliverSubscription('churn', at % 2 === 0);
      expect(heard().filter((one) => one !== '+churn' && one !== '-churn')).toEqual([]);
    }
  });

  it('hears in the end what peers have, in any order of events', () => {
    const step = fc.record({
      kind: fc.constantFrom('on', 'on', 'on', 'off', 'off', 'gone', 'turn', 'churn', 'receive'),
      pipe: fc.nat(2),
      topic: fc.constantFrom('', 'a', 'ab', 'b'),
    });
    const mode = fc.constantFrom<TypeOptions>({}, { verbose: true }, { verboser: true }, { manual: true });
    fc.assert(
      fc.property(mode, fc.array(step, { maxLength: 30 }), (options, steps) => {
        const { xpub, pipes, host } = setUp(options, {}, {}, {});
        const owned: Set<string>[] = [new Set(), new Set(), new Set()];
        /** Of each topic, and with `manual` of each peer's: how many subscriptions are left of what was told. */
        const left = new Map<string, number>();
        const receive = () => {
          for (let parts = xpub.receive(false); parts !== undefined; parts = xpub.receive(false)) {
            const on = parts[0]![0] === 1;
            const key = text(parts[0]!.subarray(1)) + (options.manual ? ` of ${xpub.from!.id}` : '');
            const count = (left.get(key) ?? 0) + (on ? 1 : -1);
            left.set(key, !on && options.verbose ? 0 : count);
          }
        };
        let churned = 0;
        for (const { kind, pipe: at, topic } of steps) {
          const pipe = pipes[at]!;
          const own = owned[at]!;
          if (kind === 'on' && !own.has(topic)) {
            own.add(topic);
            pipe.deliverSubscription(topic);
          } else if (kind === 'off' && own.delete(topic)) pipe.deliverSubscription(topic, false);
          else if (kind === 'turn') host.turn();
          else if (kind === 'receive') receive();
          else if (kind === 'churn') {
            for (let count = 0; count < 5100; count += 1) {
              pipe.deliverSubscription(`churn ${(churned += 1)}`);
              pipe.deliverSubscription(`churn ${churned}`, false);
            }
          } else if (kind === 'gone') {
            own.clear();
            pipe.close();
            (pipes[at] = new FakePipe()).open(xpub);
          }
        }
        host.settle();
        receive();

        const expected = new Map<string, number>();
        const sums = options.manual === true || options.verboser === true || options.verbose === true;
        for (const [at, own] of owned.entries()) {
          for (const topic of own) {
            const key = options.manual ? `${topic} of ${pipes[at]!.id}` : topic;
            expected.set(key, sums ? (expected.get(key) ?? 0) + 1 : 1);
          }
        }
        const told = [...left].filter(([, count]) => count !== 0);
        if (!options.verbose) expect(new Map(told)).toEqual(expected);
        else expect(new Set(told.map(([key]) => key))).toEqual(new Set(expected.keys()));
      }),
      { numRuns: 60 },
    );
  });
});

describe('XPubPattern: against a plain model', () => {
  it('hears what each peer does, as its options have it', () => {
    const step = fc.record({
      kind: fc.constantFrom('on', 'on', 'on', 'off', 'off', 'gone'),
      pipe: fc.nat(2),
      topic: fc.constantFrom('', 'a', 'ab', 'b'),
      asMessage: fc.boolean(),
    });
    const mode = fc.constantFrom<TypeOptions>({}, { verbose: true }, { verboser: true }, { manual: true });
    fc.assert(
      fc.property(mode, fc.array(step, { maxLength: 60 }), (options, steps) => {
        const { xpub, pipes, heard } = setUp(options, {}, {}, {});
        const { verboser = false, verbose = verboser, manual = false } = options;
        const owned: Set<string>[] = [new Set(), new Set(), new Set()];
        const has = (topic: string) => owned.some((own) => own.has(topic));
        const expected: string[] = [];
        for (const { kind, pipe: at, topic, asMessage } of steps) {
          const own = owned[at]!;
          const on = kind === 'on';
          if (kind === 'gone') {
            for (const one of own) {
              own.delete(one);
              if (manual || verboser || !has(one)) expected.push(`-${one}`);
            }
            pipes[at]!.close();
            (pipes[at] = new FakePipe()).open(xpub);
            continue;
          }
          const first = on && !has(topic);
          if (on) own.add(topic);
          else own.delete(topic);
          const last = !on && !has(topic);
          if (manual || first || last || verboser || (on && verbose)) expected.push((on ? '+' : '-') + topic);
          if (asMessage) pipes[at]!.deliver((on ? '\x01' : '\x00') + topic);
          else pipes[at]!.deliverSubscription(topic, on);
        }
        expect(heard()).toEqual(expected);
        if (!manual) expect(xpub.topicCount).toBe(new Set(owned.flatMap((own) => [...own])).size);
      }),
      { numRuns: 300 },
    );
  });
});
