import { CodecError } from '../errors.js';
import { decodeUtf8, encodeUtf8 } from '../codecs/utf8.js';
import { joined } from '../basics/bytes.js';
import type { Parts } from '../basics/Parts.js';
import { copyToPage } from '../memory/pages.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { typeTokenOf } from '../dpstream/typeToken.js';
import { SIGS_HEADER_BYTES } from '../dpstream/sigsMessage.js';
import type { NatsSettings } from '../driver/NatsSettings.js';

/** A message to be sent to a server. */
export interface Outgoing {
  readonly subject: string;
  readonly data: Uint8Array;
}

/** Whether messages are frames of doppler. */
export function isDoppler({ subjects }: NatsSettings): boolean {
  return subjects === 'dpstream' || subjects === 'sigs';
}

/** The prefix of subjects, without the last dot. */
export function stemOf(nats: NatsSettings, role: 'iq' | 'work'): string {
  if (isDoppler(nats)) return `${role}.${nats.base}`;
  return role === 'work' ? `work.${nats.base}` : nats.base;
}

/**
 * Converts parts to a NATS message, which has only one part, and its subject.
 *
 * @param stem the prefix of the subject
 * @throws CodecError if the parts do not fit into one message
 */
export function toMessage({ subjects }: NatsSettings, stem: string, parts: Parts, owned: boolean): Outgoing {
  const [first, second] = parts as [Uint8Array, Uint8Array | undefined];
  if (subjects === 'sigs' && second !== undefined && parts.length === 2) {
    const data = joined(first, second);
    return { subject: `${stem}.${typeTokenOf(data)}`, data };
  }
  if (subjects === 'topic') {
    if (parts.length > 2) throw tooMany(parts, 'one part after its topic');
    return { subject: `${stem}.${topicToken(first)}`, data: own(second ?? new Uint8Array(), owned) };
  }
  if (parts.length !== 1) throw tooMany(parts, 'one part');
  if (subjects === 'base') return { subject: stem, data: own(first, owned) };
  return { subject: `${stem}.${typeTokenOf(first)}`, data: first }; // the codec has created it for this message
}

/** The parts of a received message, which belong to the reader. */
export function toParts({ subjects }: NatsSettings, stem: string, subject: string, data: Uint8Array): Parts {
  if (subjects === 'dpstream') return [data]; // the codec copies everything that it keeps
  if (subjects === 'sigs') {
    if (data.length < SIGS_HEADER_BYTES) return [copyOf(data)];
    return [copyOf(data.subarray(0, SIGS_HEADER_BYTES)), copyOf(data.subarray(SIGS_HEADER_BYTES))];
  }
  if (subjects === 'topic') return [encodeUtf8('topic: the topic', subject.slice(stem.length + 1)), copyOf(data)];
  return [copyOf(data)];
}

/** A copy: received bytes share their memory with many other messages. */
function copyOf(data: Uint8Array): Uint8Array {
  return data.length < COPIED_BELOW_BYTES ? copyToPage(data, 0, data.length) : new Uint8Array(data);
}

function own(part: Uint8Array, owned: boolean): Uint8Array {
  return owned ? part : copyOf(part);
}

/** Returns a topic as the last token of a subject; it must be valid as such. */
function topicToken(bytes: Uint8Array): string {
  const topic = decodeUtf8('topic: the topic', bytes);

  if (topic === '' || /[\s\0-\x1f\x7f*>]/.test(topic) || topic.split('.').includes('')) {
    throw new CodecError(`the topic '${topic}' is no subject of NATS: parts between dots, without space, * and >`);
  }
  return topic;
}

function tooMany(parts: Parts, wanted: string): CodecError {
  return new CodecError(`a message of NATS has ${wanted}, this one has ${parts.length}`);
}
