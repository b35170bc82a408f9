import { describe, expect, it, vi } from 'vitest';
import { topicPrefix } from '../../../src/savant/config/topicPrefix.js';
import type { TopicPrefixSpec } from '../../../src/savant/config/TopicPrefixSpec.js';
import { decodeMessage } from '../../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../../src/savant/messages/encodeMessage.js';
import { endOfStream } from '../../../src/savant/messages/endOfStream.js';
import { message } from '../../../src/savant/messages/message.js';
import { userData } from '../../../src/savant/messages/userData.js';
import { ReaderMachine } from '../../../src/savant/reader/ReaderMachine.js';
import { Blacklist } from '../../../src/savant/rules/Blacklist.js';
import { RoutingIdFilter } from '../../../src/savant/rules/RoutingIdFilter.js';
import { SequenceCheck, type SequenceGap } from '../../../src/savant/rules/SequenceCheck.js';
import { FakeClock } from '../../helpers/FakeClock.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const id = Uint8Array.of(0, 1, 2, 3, 4);
const data = encodeMessage(message(userData('topic'), { seqId: 1n, systemId: 's' }));
const ending = encodeMessage(message(endOfStream('topic'), { seqId: 1n, systemId: 's' }));
const old = encodeMessage(message(userData('topic'), { seqId: 1n, protocolVersion: '0.0.0' }));
const broken = Uint8Array.of(0xff, 0xff);

interface Choice {
  readonly type?: 'sub' | 'router' | 'rep';
  readonly spec?: TopicPrefixSpec;
  readonly protocolVersions?: readonly string[] | undefined;
}

function machineOf({ type = 'router', spec = 'none', ...rest }: Choice = {}) {
  const clock = new FakeClock();
  const blacklist = new Blacklist(clock, 1024, 10_000);
  const acknowledge = vi.fn<(routingId: Uint8Array | undefined) => void>();
  const gaps: SequenceGap[] = [];
  const machine = new ReaderMachine({
    type,
    prefix: topicPrefix(spec),
    protocolVersions: 'protocolVersions' in rest ? rest.protocolVersions : ['0.2.0', '1.15.1'],
    blacklist,
    routingIds: new RoutingIdFilter(512),
    sequence: new SequenceCheck(),
    decode: decodeMessage,
    acknowledge,
    missed: (gap) => gaps.push(gap),
  });
  const take = (...parts: Uint8Array[]) => machine.take(parts);
  return { take, blacklist, acknowledge, gaps, clock };
}

describe('ROUTER', () => {
  it('gives a message with its sender and further parts, and answers nothing', () => {
    const { take, acknowledge } = machineOf({ spec: 'source{topic}' });
    expect(take(id, bytes('topic'), data, bytes('one'), bytes(''))).toMatchObject({
      kind: 'message',
      topic: bytes('topic'),
      routingId: id,
      data: [bytes('one'), bytes('')],
      message: { seqId: 1n, systemId: 's', payload: { kind: 'userData', sourceId: 'topic' } },
    });
    expect(acknowledge).not.toHaveBeenCalled();
  });

  it.each([[[]], [[id]], [[id, bytes('topic')]]])('finds %j too short', (parts) => {
    const { take, acknowledge } = machineOf();
    expect(take(...parts)).toEqual({ kind: 'tooShort', parts });
    expect(acknowledge).not.toHaveBeenCalled();
  });

  it('answers the end of a stream, whatever its topic and sender, and drops further parts', () => {
    const { take, acknowledge } = machineOf({ spec: 'source{other}' });
    expect(take(id, bytes('topic'), ending, bytes('extra'))).toMatchObject({
      kind: 'message',
      routingId: id,
      data: [],
      message: { payload: { kind: 'endOfStream' } },
    });
    expect(acknowledge.mock.calls).toEqual([[id]]);
  });

  it('an end of a stream neither asks nor tells who sends a topic', () => {
    const { take } = machineOf();
    const other = Uint8Array.of(9);
    take(id, bytes('topic'), data);
    expect(take(other, bytes('topic'), ending).kind).toBe('message');
    expect(take(id, bytes('topic'), data).kind).toBe('message');
    expect(take(other, bytes('topic'), data).kind).toBe('message');
    expect(take(id, bytes('topic'), data)).toEqual({ kind: 'routingIdMismatch', topic: bytes('topic'), routingId: id });
    expect(take(id, bytes('topic'), ending).kind).toBe('message');
  });

  it('blacklists the topic of another version, and then reads it no more', () => {
    const { take, blacklist, clock, acknowledge } = machineOf();
    const expected = { kind: 'versionMismatch', topic: bytes('topic'), routingId: id };
    expect(take(id, bytes('topic'), old)).toEqual({
      ...expected,
      senderVersion: '0.0.0',
      expectedVersions: ['0.2.0', '1.15.1'],
      reason:
        "the message has protocol version '0.0.0', expected '0.2.0' or '1.15.1'; " +
        "option 'protocolVersion' of the reader says which it accepts ('any': all)",
    });
    expect(blacklist.has(bytes('topic'))).toBe(true);
    expect(take(id, bytes('topic'), broken)).toEqual({ kind: 'blacklisted', topic: bytes('topic') });
    expect(take(id, bytes('topic'), ending)).toEqual({ kind: 'blacklisted', topic: bytes('topic') });
    expect(take(id, bytes('other'), data).kind).toBe('message');
    clock.spend(10_000);
    expect(take(id, bytes('topic'), data).kind).toBe('message');
    expect(acknowledge).not.toHaveBeenCalled();
  });

  it("does not look at the version with 'any'", () => {
    expect(machineOf({ protocolVersions: undefined }).take(id, bytes('topic'), old).kind).toBe('message');
  });

  it('throws where a message is broken, and blacklists nobody', () => {
    const { take, blacklist } = machineOf();
    expect(() => take(id, bytes('topic'), broken)).toThrow(expect.objectContaining({ code: 'ERR_MESSAGE' }));
    expect(blacklist.has(bytes('topic'))).toBe(false);
    expect(take(id, bytes('topic'), data).kind).toBe('message');
  });

  it('lets through topics by source or prefix', () => {
    const exact = machineOf({ spec: 'source{topic2}' });
    for (const topic of ['topic', 'topic22']) {
      expect(exact.take(id, bytes(topic), data)).toEqual({
        kind: 'prefixMismatch',
        topic: bytes(topic),
        routingId: id,
      });
    }
    expect(exact.take(id, bytes('topic2'), data).kind).toBe('message');
    const prefix = machineOf({ spec: 'prefix{topic2}' });
    expect(prefix.take(id, bytes('topic'), data).kind).toBe('prefixMismatch');
    expect(prefix.take(id, bytes('topic22'), data).kind).toBe('message');
    expect(prefix.take(id, bytes('topic2'), data).kind).toBe('message');
  });

  it('a topic that is not let through does not count for who sends it, but for the sequence', () => {
    const { take, gaps } = machineOf({ spec: 'source{other}' });
    take(id, bytes('topic'), encodeMessage(message(userData('topic'), { seqId: 5n, systemId: 's' })));
    expect(gaps).toEqual([{ systemId: 's', sourceId: 'topic', expected: 1n, received: 5n }]);
  });
});

describe('REP answers each message once', () => {
  it.each([
    ['let through', [bytes('topic'), data, bytes('extra')], 'message'],
    ['the end of a stream', [bytes('other'), ending], 'message'],
    ['of a topic that is not let through', [bytes('other'), data], 'prefixMismatch'],
    ['too short', [bytes('topic')], 'tooShort'],
    ['of another version', [bytes('topic'), old], 'versionMismatch'],
  ])('%s', (_, parts, kind) => {
    const { take, acknowledge } = machineOf({ type: 'rep', spec: 'source{topic}' });
    expect(take(...parts).kind).toBe(kind);
    expect(acknowledge.mock.calls).toEqual([[undefined]]);
  });

  it('blacklisted', () => {
    const { take, acknowledge, blacklist } = machineOf({ type: 'rep' });
    blacklist.add(bytes('topic'));
    expect(take(bytes('topic'), data)).toEqual({ kind: 'blacklisted', topic: bytes('topic') });
    expect(acknowledge.mock.calls).toEqual([[undefined]]);
  });

  it('broken', () => {
    const { take, acknowledge } = machineOf({ type: 'rep' });
    expect(() => take(bytes('topic'), broken)).toThrow(expect.objectContaining({ code: 'ERR_MESSAGE' }));
    expect(acknowledge.mock.calls).toEqual([[undefined]]);
  });

  it('and has no routing id', () => {
    const { take } = machineOf({ type: 'rep' });
    expect(take(bytes('topic'), data, bytes('x'))).toMatchObject({ routingId: undefined, data: [bytes('x')] });
  });
});

describe('SUB', () => {
  it('answers nobody', () => {
    const { take, acknowledge } = machineOf({ type: 'sub', spec: 'source{topic}' });
    expect(take(bytes('topic'), data)).toMatchObject({ kind: 'message', routingId: undefined, data: [] });
    expect(take(bytes('topic2'), data).kind).toBe('prefixMismatch');
    expect(take(bytes('topic2'), ending).kind).toBe('message');
    expect(take(bytes('topic')).kind).toBe('tooShort');
    expect(acknowledge).not.toHaveBeenCalled();
  });
});
