import type { Codec } from '../../codecs/Codec.js';
import { checkOptions } from '../../options/rules.js';
import { isDialect } from '../pmt/dialects.js';
import { pmt } from './pmt.js';
import { type Pdu, readPdu } from '../pmt/readPdu.js';
import type { PmtOptions } from '../pmt/types.js';
import { type PduInput, writePdu } from '../pmt/writePdu.js';

/**
 * Messages that are PDUs, such as those of Socket PDU or Tagged Stream to PDU, as `{ meta, data }`.
 *
 * `decode` throws a CodecError for any other message, see {@link readPdu}; `encode` throws as {@link writePdu} does.
 *
 * @param options which release of GNU Radio the bytes are for
 * @throws OptionError if an option or the dialect is unknown.
 * @example
 * ```ts
 * fromSub('tcp://host:5556', { codec: pdu() }).subscribe(({ meta, data }) => console.log(meta.get('freq'), data));
 * ```
 */
export function pdu(options: PmtOptions = {}): Codec<Pdu, PduInput, PduInput> {
  checkOptions('pdu', options, { dialect: isDialect });
  const messages = pmt(options);
  return {
    encode: (value) => messages.encode(writePdu(value)),
    decode: (parts) => readPdu(messages.decode(parts)),
    topicFirst: false,
  };
}
