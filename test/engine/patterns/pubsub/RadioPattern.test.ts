import { describe, expect, it } from 'vitest';
import type { TypeOptions } from '../../../../src/driver/TypeOptions.js';
import { RadioPattern } from '../../../../src/engine/patterns/pubsub/RadioPattern.js';
import { SocketError, UnsupportedError } from '../../../../src/errors.js';
import { FakeHost } from '../FakeHost.js';
import { bytes, FakePipe, type FakePipeSettings } from '../FakePipe.js';

function setUp(options: TypeOptions = {}, ...settings: FakePipeSettings[]) {
  const host = new FakeHost();
  const radio = new RadioPattern(host, options);
  const pipes = (settings.length > 0 ? settings : [{}, {}]).map((one) => {
    const pipe = new FakePipe(one);
    pipe.open(radio);
    return pipe;
  });
  const send = (group: string, body = 'body') => radio.send([bytes(group), bytes(body)], false);
  const sent = () => pipes.map((pipe) => pipe.takeSent().map((parts) => parts.join('|')));
  const [a, b] = pipes as [FakePipe, FakePipe];
  return { host, radio, a, b, send, sent };
}

describe('RadioPattern', () => {
  it('sends to those that joined the group, and no other (test_radio_dish)', () => {
    const { a, b, send, sent, host } = setUp();
    a.deliverMembership('Movies');
    expect([send('TV', 'Friends'), send('Movies', 'Godfather')]).toEqual([true, true]);
    expect(sent()).toEqual([['Movies|Godfather'], []]);
    a.deliverMembership('TV');
    b.deliverMembership('TV');
    b.deliverMembership('');
    for (const group of ['TV', 'TV2', 'T', '']) send(group);
    expect(sent()).toEqual([['TV|body'], ['TV|body', '|body']]);
    a.deliverMembership('TV', false);
    send('TV');
    expect([sent(), host.subscriberCounts]).toEqual([
      [[], ['TV|body']],
      [1, 2],
    ]);
  });

  it('has as many leave as join', () => {
    const { a, b, send, sent, radio } = setUp();
    for (const group of ['g', 'g', 'g', 'h']) a.deliverMembership(group);
    for (const on of [true, true]) b.deliverMembership('h', on);
    const left = [1, 2, 3].map(() => {
      a.deliverMembership('g', false);
      send('g');
      return sent()[0]!.length;
    });
    expect([left, radio.topicCount]).toEqual([[1, 1, 0], 1]);
    a.deliverMembership('g', false);
    a.deliverMembership('g');
    send('g');
    expect(sent()).toEqual([['g|body'], []]);
  });

  it('forgets what a connection joined, however often', () => {
    const { a, send, sent, host } = setUp({}, { connects: true });
    a.connect();
    for (const _ of [1, 2]) a.deliverMembership('g');
    a.disconnect();
    send('g');
    a.connect();
    a.deliverMembership('g');
    a.deliverMembership('g', false);
    send('g');
    expect([sent(), host.subscriberCounts]).toEqual([[[]], [1, 0, 1, 0]]);
    a.close();
    a.deliverMembership('g');
    expect(host.subscriberCounts).toEqual([1, 0, 1, 0]);
  });

  it('drops for peers without room, or holds back with noDrop', () => {
    const lossy = setUp({}, { room: 1 }, {});
    const exact = setUp({ noDrop: true }, { room: 1 }, {});
    for (const { a, b } of [lossy, exact]) for (const pipe of [a, b]) pipe.deliverMembership('g');
    expect([lossy.send('g'), lossy.send('g'), lossy.host.dropCount]).toEqual([true, true, 1]);
    expect(lossy.sent()).toEqual([['g|body'], ['g|body', 'g|body']]);
    expect([exact.send('g'), exact.send('g'), exact.host.dropCount]).toEqual([true, false, 0]);
    exact.a.deliverMembership('g', false);
    expect([exact.host.writableCount, exact.send('g')]).toEqual([1, true]);
    expect(exact.sent()).toEqual([['g|body'], ['g|body', 'g|body']]);
  });

  it('sends nothing but a group and a body', () => {
    const { radio, send } = setUp();
    for (const parts of [[], ['g'], ['g', 'a', 'b']]) {
      expect(() => radio.send(parts.map(bytes), false)).toThrow(SocketError);
    }
    expect(send('g'.repeat(255))).toBe(true);
    expect(() => send('g'.repeat(256))).toThrow('255');
  });

  it('refuses peers that join too much', () => {
    const { a, b, send, sent } = setUp({ maxSubscriptions: 1 });
    a.deliverMembership('g'.repeat(255));
    b.deliverMembership('g'.repeat(256));
    expect([a.refusals, b.refusals]).toEqual([[], ['a topic of 256 bytes, 255 are allowed']]);
    for (const _ of [1, 2]) a.deliverMembership('g'.repeat(255)); // nothing new
    expect(a.refusals).toEqual([]);
    for (const group of ['one', 'two']) a.deliverMembership(group);
    expect(a.refusals).toEqual(['more than 1 subscriptions']);
    send('one');
    expect(sent()).toEqual([[], []]);
  });

  it('refuses peers whose groups weigh too much', () => {
    const { a } = setUp({ maxSubscriptionBytes: 2 * 260 });
    for (const group of ['aaaa', 'bbbb', 'aaaa']) a.deliverMembership(group);
    expect(a.refusals).toEqual([]);
    a.deliverMembership('c');
    expect(a.refusals).toEqual(['subscriptions that weigh more than 520 bytes']);
  });

  it('ignores whatever else comes', () => {
    const { a, b, radio, host } = setUp();
    a.deliver('\x04JOIN');
    b.deliver('g', 'x');
    a.deliverSubscription('g');
    expect([a.readable, b.readable, a.refusals, host.readableCount, radio.topicCount]).toEqual([
      false,
      false,
      [],
      0,
      0,
    ]);
    expect(() => radio.receive(false)).toThrow(UnsupportedError);
  });
});
