import { sampleTypeByCode } from '../samples/sampleTypes.js';
import { isDpstream, isSigs, KIND, newHeader, readHeader } from './header.js';
import { SIGS_HEADER_BYTES } from './sigsMessage.js';

const header = newHeader();

/** The last token of the subject of a message: its sample type in capitals, TLM16 for telemetry, EOS for an end of stream. */
export function typeTokenOf(message: Uint8Array): string {
  if (isDpstream(message)) {
    readHeader(message, header);
    if (header.kind === KIND.telemetry) return 'TLM16';
    if (header.kind === KIND.endOfStream) return 'EOS';
    return header.info!.name.toUpperCase();
  }
  if (!isSigs(message) || message.length < SIGS_HEADER_BYTES) return 'UNKNOWN';
  return sampleTypeByCode(message[16]!)?.name.toUpperCase() ?? 'UNKNOWN';
}
