import { describe } from '../../basics/describe.js';
import type { Parts } from '../../basics/Parts.js';
import { matchesPrefix, type TopicPrefix } from '../config/topicPrefix.js';
import type { ReaderSocketType } from '../config/savantUrl.js';
import type { Message } from '../schema/types.js';
import type { Blacklist } from '../rules/Blacklist.js';
import type { RoutingIdFilter } from '../rules/RoutingIdFilter.js';
import type { SequenceCheck, SequenceGap } from '../rules/SequenceCheck.js';
import type { ReaderResult } from './ReaderResult.js';

/** The settings of a {@link ReaderMachine}. */
export interface ReaderMachineSettings {
  readonly type: ReaderSocketType;
  readonly prefix: TopicPrefix;
  /** The versions that are accepted; `undefined`: all. */
  readonly protocolVersions: readonly string[] | undefined;
  readonly blacklist: Blacklist;
  readonly routingIds: RoutingIdFilter;
  readonly sequence: SequenceCheck;
  readonly decode: (bytes: Uint8Array) => Message;
  /** Answers the sender of a message; `undefined`: the sender of the last request. */
  readonly acknowledge: (routingId: Uint8Array | undefined) => void;
  readonly missed: (gap: SequenceGap) => void;
}

const NO_DATA: readonly Uint8Array[] = [];

/**
 * Turns the parts of a message into a result, with the steps of savant_rs, in its order. One thing is different: the REP of
 * savant_rs does not answer a message that is too short, invalid or of another version, and cannot receive any more; this one
 * answers all messages.
 */
export class ReaderMachine {
  readonly #settings: ReaderMachineSettings;
  /** The index of the topic. */
  readonly #at: 0 | 1;

  constructor(settings: ReaderMachineSettings) {
    this.#settings = settings;
    this.#at = settings.type === 'router' ? 1 : 0;
  }

  /** @throws the exceptions of `decode` */
  take(parts: Parts): ReaderResult {
    const { type, blacklist, decode, acknowledge, protocolVersions } = this.#settings;
    if (type === 'rep') acknowledge(undefined);
    const at = this.#at;
    if (parts.length < at + 2) return { kind: 'tooShort', parts };
    const topic = parts[at]!;
    if (blacklist.has(topic)) return { kind: 'blacklisted', topic };
    const routingId = at === 1 ? parts[0] : undefined;
    const message = decode(parts[at + 1]!);
    const { protocolVersion: senderVersion } = message;
    if (protocolVersions?.includes(senderVersion) === false) {
      blacklist.add(topic);
      const reason = whyRefused(senderVersion, protocolVersions);
      const expectedVersions = protocolVersions;
      return { kind: 'versionMismatch', topic, routingId, senderVersion, expectedVersions, reason };
    }
    return this.#checked(parts, message, topic, routingId);
  }

  #checked(parts: Parts, message: Message, topic: Uint8Array, routingId: Uint8Array | undefined): ReaderResult {
    const { type, sequence, acknowledge, missed, prefix, routingIds } = this.#settings;
    const gap = sequence.check(message);
    if (gap) missed(gap);
    if (message.payload.kind === 'endOfStream') {
      if (type === 'router') acknowledge(routingId);
      return { kind: 'message', message, topic, routingId, data: NO_DATA };
    }
    if (!matchesPrefix(prefix, topic)) return { kind: 'prefixMismatch', topic, routingId };
    if (routingId && !routingIds.allows(topic, routingId)) return { kind: 'routingIdMismatch', topic, routingId };
    const data = parts.length === this.#at + 2 ? NO_DATA : parts.slice(this.#at + 2);
    return { kind: 'message', message, topic, routingId, data };
  }
}

function whyRefused(senderVersion: string, accepted: readonly string[]): string {
  const expected = accepted.map((version) => `'${version}'`).join(' or ');
  return (
    `the message has protocol version ${describe(senderVersion)}, expected ${expected}; ` +
    "option 'protocolVersion' of the reader says which it accepts ('any': all)"
  );
}
