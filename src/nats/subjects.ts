import { CodecError } from '../errors.js';
import { decodeUtf8, encodeUtf8 } from '../codecs/utf8.js';
import { joined } from '../basics/bytes.js';
import type { Parts } from '../basics/Parts.js';
import { copyToPage } from '../memory/pages.js';
import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { typeTokenOf } from '../dpstream/typeToken.js';
import { SIGS_HEADER_BYTES } from '../dpstream/sigsMessage.js';
import type { NatsSettings } from '../driver/NatsSettings.js';

/** A message on its way to a server. */
export interface Outgoing {
  readonly subject: string;
  readonly data: Uint8Array;
}

/** Whether the frames of doppler are sent. */
export function isDoppler({ subjects }: NatsSettings): boolean {
  return subjects === 'dpstream' || subjects === 'sigs';
}

/** What subjects begin with, without the last dot. */
export function stemOf(nats: NatsSettings, role: 'iq' | 'work'): string {
  if (isDoppler(nats)) return `${role}.${nats.base}`;
  return role === 'work' ? `work.${nats.base}` : nats.base;
}

/**
 * The one part that messages of NATS have, and their subject.
 *
 * @param stem what the subject begins with
 * @throws CodecError where the parts cannot stand in one message
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
  return { subject: `${stem}.${typeTokenOf(first)}`, data: first }; // the codec made it for this
}

/** The parts of a message that came, which are the reader's. */
export function toParts({ subjects }: NatsSettings, stem: string, subject: string, data: Uint8Array): Parts {
  if (subjects === 'dpstream') return [data]; // the codec copies what it keeps
  if (subjects === 'sigs') {
    if (data.length < SIGS_HEADER_BYTES) return [copyOf(data)];
    return [copyOf(data.subarray(0, SIGS_HEADER_BYTES)), copyOf(data.subarray(SIGS_HEADER_BYTES))];
  }
  if (subjects === 'topic') return [encodeUtf8('topic', subject.slice(stem.length + 1)), copyOf(data)];
  return [copyOf(data)];
}

/** A copy: what came stands in memory that much else shares. */
function copyOf(data: Uint8Array): Uint8Array {
  return data.length < COPIED_BELOW_BYTES ? copyToPage(data, 0, data.length) : new Uint8Array(data);
}

function own(part: Uint8Array, owned: boolean): Uint8Array {
  return owned ? part : copyOf(part);
}

/** A topic ends a subject, and must be one. */
function topicToken(bytes: Uint8Array): string {
  const topic = decodeUtf8('topic', bytes);

  if (topic === '' || /[\s\0-\x1f\x7f*>]/.test(topic) || topic.split('.').includes('')) {
    throw new CodecError(`the topic '${topic}' is no subject of NATS: parts between dots, without space, * and >`);
  }
  return topic;
}

function tooMany(parts: Parts, wanted: string): CodecError {
  return new CodecError(`a message of NATS has ${wanted}, this one has ${parts.length}`);
}
