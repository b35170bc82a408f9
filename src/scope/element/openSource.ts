import type { Observable } from 'rxjs';
import type { Codec } from '../../codecs/Codec.js';
import { lines } from '../../codecs/lines.js';
import { sigsReading } from '../../codecs/sigsReading.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import type { WebOptions } from '../../endpoints/webOptions.js';
import { CodecError } from '../../errors.js';
import { isSigsHeader } from '../../frame/isSigsHeader.js';
import type { Frame } from '../../frame/types.js';
import { fromSub } from '../../sources/fromSub.js';
import type { SpectrumLine } from '../../spectrum/SpectrumLine.js';

/** Frames, or lines of a spectrum, whichever come. */
const either: Codec<Frame | SpectrumLine, never> = {
  encode: () => {
    throw new CodecError('a scope sends nothing');
  },
  decode(parts) {
    const [first] = parts;
    if (first !== undefined && isSigsHeader(first)) return sigsReading.decode(parts);
    if (first?.[0] === 0x7b) return lines.decode(parts);
    throw new CodecError('what comes are neither frames nor lines of a spectrum: property codec says how to read it');
  },
  topicFirst: false,
};

export interface SourceSettings {
  readonly src: string;
  readonly token: WebOptions['token'];
  readonly codec: Codec<Frame | SpectrumLine, never, unknown> | undefined;
  /** Only the newest is wanted. */
  readonly conflate: boolean;
  readonly status: (status: SocketStatus) => void;
}

/**
 * The stream at an endpoint.
 *
 * @throws EndpointError, OptionError, UnsupportedError
 */
export function openSource({
  src,
  token,
  codec = either,
  conflate,
  status,
}: SourceSettings): Observable<Frame | SpectrumLine> {
  // the badge shows what is invalid: a warning of the process besides would say it twice
  return fromSub<Frame | SpectrumLine>(src, { codec, token, conflate, status, onInvalid: () => undefined });
}
