import type { Parts } from '../../basics/Parts.js';
import type { Codec } from '../../codecs/Codec.js';
import { onlyPart } from '../../codecs/onlyPart.js';
import { CodecError } from '../../errors.js';
import { checkOptions } from '../../options/rules.js';
import { describe } from '../../basics/describe.js';
import { lookingLike } from '../lookingLike.js';
import { decodePmt } from '../pmt/decodePmt.js';
import { isDialect } from '../pmt/dialects.js';
import { encodePmt } from '../pmt/encodePmt.js';
import type { Pmt, PmtInput, PmtOptions } from '../pmt/types.js';
import { values } from '../pmt/values.js';

/**
 * A codec for the messages of GNU Radio's ZMQ message blocks: one PMT each. {@link Pmt} lists the values.
 *
 * - `pmt()` receives from PUB and PUSH Message Sinks and sends to SUB and PULL Message Sources.
 * - `pmt.request()` requests messages from a REP Message Sink with `request`: one message for each value of the source, whatever it is.
 * - `pmt.reply()` answers a REQ Message Source with `reply`: its handler gets the number of messages, always 1.
 * - `pmt.uint64`, `complex`, `tuple`, `list`, `pair`, `c32vector` and `c64vector` make the values that JavaScript does not have.
 *
 * `decode` is stricter than GNU Radio: it throws a CodecError if bytes are missing or left, if a symbol is longer than 1024 bytes
 * or not UTF-8, for empty tuples, and for more than 1,048,576 values in a message. `encode` throws a CodecError for a value that GNU
 * Radio could not read or on which it would crash.
 *
 * **Example**
 * {@includeCode ../../../examples/gnuradioMessages.ts#main}
 * @throws OptionError if an option or the dialect is unknown.
 * @see {@link pdu} for messages that are PDUs, {@link gnuradio} for the stream blocks
 */
export const pmt = /* @__PURE__ */ Object.assign(messages, {
  ...values,
  /** The codec that requests messages from a REP Message Sink: `request('tcp://host:5555', { codec: pmt.request() })`. */
  request(options: PmtOptions = {}): Codec<Pmt, unknown> {
    checkOptions('pmt.request', options, { dialect: isDialect });
    // any other request ends the process of the message sink
    return { encode: () => [Uint8Array.of(1, 0, 0, 0)], decode: reader(options), topicFirst: false };
  },
  /** The codec that answers a REQ Message Source: `reply('tcp://*:5555', () => ({ freq: 433.92e6 }), { codec: pmt.reply() })`. */
  reply(options: PmtOptions = {}): Codec<number, PmtInput, PmtInput> {
    checkOptions('pmt.reply', options, { dialect: isDialect });
    return { encode: (value) => [encodePmt(value, options)], decode: requestedMessages, topicFirst: false };
  },
});

function messages(options: PmtOptions = {}): Codec<Pmt, PmtInput, PmtInput> {
  checkOptions('pmt', options, { dialect: isDialect });
  return { encode: (value) => [encodePmt(value, options)], decode: reader(options), topicFirst: false };
}

function reader(options: PmtOptions): (parts: Parts) => Pmt {
  return (parts) => {
    try {
      return decodePmt(onlyPart('pmt', parts), options);
    } catch (error) {
      throw lookingLike('pmt', error as CodecError, parts);
    }
  };
}

/** How many messages a REQ Message Source asks for: it always says 1. */
function requestedMessages(parts: Parts): number {
  const request = onlyPart('pmt.reply', parts);
  const [a, b, c, d] = request;
  if (request.length !== 4 || a !== 1 || b !== 0 || c !== 0 || d !== 0) {
    throw new CodecError(
      `a REQ Message Source asks for 1 message in 4 bytes, 01 00 00 00; this request is ${describe(request)}`,
    );
  }
  return 1;
}
