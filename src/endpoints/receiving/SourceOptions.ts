import type { Codec } from '../../codecs/Codec.js';
import { defaultCodec } from '../defaultCodec.js';
import type { Demand } from '../../demand/types.js';
import type { SampleType } from '../../samples/types.js';
import { stampRules } from '../../frame/createStamp.js';
import { checkCodecOptions, isCodec } from '../../codecs/codecOptions.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { isOnInvalid, type OnInvalid } from '../status/invalidMessages.js';
import { isBoolean, isDemand, type Rules } from '../../options/rules.js';
import type { SourceSettings } from './receive.js';
import { socketRules, type SocketOptions } from '../SocketOptions.js';
import { type EndpointKind, socketSettings } from '../socketSettings.js';

/** What every source takes. */
export interface SourceOptions extends SocketOptions {
  /** What happens to a message that cannot be read. @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined;
  /**
   * `nats://` endpoints only: whether an end of stream, as doppler sends it, completes the Observable; `false`: it is left out.
   * @default true
   */
  readonly endOfStream?: boolean | undefined;
  /** Whose room is asked before each read; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
}

/** Options of a source of Frames. */
export interface FrameSourceOptions extends SourceOptions {
  /** Narrows the Frames to one sample type; a frame of another type is invalid. @default all types */
  readonly sampleType?: SampleType | undefined;
  readonly codec?: undefined;
}

/** Options of a source with a codec of one's choice. */
export interface CodecSourceOptions<T> extends SourceOptions {
  /** What the parts of a message mean. @default sigs */
  readonly codec: Codec<T, never, unknown>;
}

/** The rules for all of these. */
export const sourceRules: Rules = {
  ...socketRules,
  codec: isCodec,
  onInvalid: isOnInvalid,
  endOfStream: isBoolean,
  demand: isDemand,
  sampleType: stampRules.sampleType,
};

/** Any source's options, whichever overload took them. */
export interface AnySourceOptions extends SourceOptions {
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  readonly sampleType?: SampleType | undefined;
}

/** Checks what a source was called with, and fills in the defaults. */
export function sourceSettings(
  kind: EndpointKind,
  endpoints: Endpoints,
  options: AnySourceOptions,
): SourceSettings<unknown> {
  const socket = socketSettings(kind, endpoints, options);
  const { codec = defaultCodec(socket), onInvalid = 'skip', sampleType, status, demand } = options;
  checkCodecOptions(kind.of, options, codec, true);
  return {
    of: kind.of,
    socket,
    codec,
    topics: [],
    sampleType,
    conflate: false,
    ack: 'auto',
    onInvalid,
    status,
    demand,
  };
}
