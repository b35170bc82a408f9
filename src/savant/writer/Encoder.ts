import type { Parts } from '../../basics/Parts.js';
import { OptionError } from '../../errors.js';
import { describe } from '../../basics/describe.js';
import { encodePart } from '../messages/encodePart.js';
import type { Message } from '../schema/types.js';
import { SequenceStamp } from '../rules/SequenceStamp.js';
import { sourceKey } from '../rules/sourceKey.js';
import type { Outgoing } from './Outgoing.js';

const utf8 = new TextEncoder();

/** Encodes the messages of one writer, with its system id and sequence numbers. */
export class Encoder {
  readonly systemId = crypto.randomUUID();
  readonly #of: string;
  readonly #protocolVersion: string | undefined;
  readonly #stamp = new SequenceStamp();
  /** The last topic: most messages have the same as the one before. */
  #topic = '';
  #topicBytes = utf8.encode('');

  /** @param protocolVersion the version to write into messages; `undefined`: each keeps its own */
  constructor(of: string, protocolVersion: string | undefined) {
    this.#of = of;
    this.#protocolVersion = protocolVersion;
  }

  /** @throws OptionError, MessageError: then the message has used no number */
  encode(outgoing: Outgoing): Parts {
    const { message, data } = this.#checked(outgoing);
    const topic = this.#topicOf(outgoing);
    const { systemId } = this;
    const seqId = this.#stamp.next(message.payload);
    const bytes = encodePart(this.#versioned(message), { seqId, systemId });
    this.#stamp.take(message.payload, seqId);
    if (data === undefined) return [topic, bytes];
    return data instanceof Uint8Array ? [topic, bytes, data] : [topic, bytes, ...data];
  }

  #versioned(message: Message): Message {
    const protocolVersion = this.#protocolVersion ?? message.protocolVersion;
    return message.protocolVersion === protocolVersion ? message : { ...message, protocolVersion };
  }

  #checked(outgoing: Outgoing): Outgoing {
    const { message, data } = (outgoing ?? {}) as Partial<Outgoing>;
    if (typeof message?.payload !== 'object' || message.payload === null) {
      throw new OptionError('message', message, `${this.#of}: message must be a Message, got ${describe(message)}`);
    }
    const isData = data === undefined || data instanceof Uint8Array || (Array.isArray(data) && data.every(isBytes));
    if (isData) return outgoing;
    throw new OptionError(
      'data',
      data,
      `${this.#of}: data must be a Uint8Array or an array of them, got ${describe(data)}`,
    );
  }

  #topicOf({ topic: given, message }: Outgoing): Uint8Array {
    const topic = given ?? sourceKey(message.payload);
    if (topic instanceof Uint8Array) return topic;
    if (typeof topic !== 'string') {
      const { kind } = message.payload;
      const reason = topic === undefined ? `a ${kind} names no source, so it needs one` : `got ${describe(topic)}`;
      throw new OptionError('topic', topic, `${this.#of}: topic must be a text or a Uint8Array; ${reason}`);
    }
    if (topic !== this.#topic) {
      this.#topicBytes = utf8.encode(topic);
      this.#topic = topic;
    }
    return this.#topicBytes;
  }
}

function isBytes(part: unknown): boolean {
  return part instanceof Uint8Array;
}
