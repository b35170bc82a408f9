import { sampleTypeByCode } from '../samples/sampleTypes.js';
import { isDpstream, isSigs, KIND, sampleTypeOf } from './header.js';
import { SIGS_HEADER_BYTES } from './sigsMessage.js';

const KIND_AT = 14;
const tokens = new Map<string, string>();

/** The last token of the subject of a message: its sample type in capitals, TLM16 for telemetry, EOS for an end of stream. */
export function typeTokenOf(message: Uint8Array): string {
  if (isDpstream(message)) {
    const kind = message[KIND_AT]!;
    if (kind === KIND.telemetry) return 'TLM16';
    if (kind === KIND.endOfStream) return 'EOS';
    return tokenOf(sampleTypeOf(message)?.name);
  }
  if (!isSigs(message) || message.length < SIGS_HEADER_BYTES) return 'UNKNOWN';
  return tokenOf(sampleTypeByCode(message[16]!)?.name);
}

function tokenOf(name = 'unknown'): string {
  const known = tokens.get(name);
  if (known !== undefined) return known;
  const token = name.toUpperCase();
  tokens.set(name, token);
  return token;
}
