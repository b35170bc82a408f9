import type { Codec } from '../../codecs/Codec.js';
import { isSigs, sigsReading } from '../../codecs/sigsReading.js';
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

/** Options of every source. */
export interface SourceOptions extends SocketOptions {
  /** What to do with a message that the codec cannot decode. @default 'skip' */
  readonly onInvalid?: OnInvalid | undefined;
  /**
   * `nats://` endpoints only. `true`: an end of stream, as doppler sends it, completes the Observable; `false`: it is ignored.
   * @default true
   */
  readonly endOfStream?: boolean | undefined;
  /** The demand that is asked before each read; `null`: none. @default that of the consumer that is found at subscription */
  readonly demand?: Demand | null | undefined;
}

/** Options of a source of Frames. */
export interface FrameSourceOptions extends SourceOptions {
  /** Accepts only frames of this sample type; frames of another type are invalid. @default all types */
  readonly sampleType?: SampleType | undefined;
  /**
   * Whether the memory of large frames (64 KiB and more) is reused. `true`: the samples are valid until `next` has returned, or
   * until the consumers of this library that keep the frame are done with it. Consumers of your own that keep samples must copy
   * them first: `frame.samples.slice()`. The native driver never reuses memory. @default false
   */
  readonly loans?: boolean | undefined;
  readonly codec?: undefined;
}

/** Options of a source with another codec. */
export interface CodecSourceOptions<T> extends SourceOptions {
  /** Decodes the parts of each message. @default sigs */
  readonly codec: Codec<T, never, unknown>;
  /** For Frames only. */
  readonly sampleType?: undefined;
  /** For Frames only. */
  readonly loans?: undefined;
}

/** The rules for these options. */
export const sourceRules: Rules = {
  ...socketRules,
  codec: isCodec,
  onInvalid: isOnInvalid,
  endOfStream: isBoolean,
  demand: isDemand,
  sampleType: stampRules.sampleType,
  loans: isBoolean,
};

/** The options of any source, whichever overload was called. */
export interface AnySourceOptions extends SourceOptions {
  readonly codec?: Codec<unknown, never, unknown> | undefined;
  readonly sampleType?: SampleType | undefined;
  readonly loans?: boolean | undefined;
}

/** Checks the arguments of a source, and fills in the defaults. */
export function sourceSettings(
  kind: EndpointKind,
  endpoints: Endpoints,
  options: AnySourceOptions,
): SourceSettings<unknown> {
  const socket = socketSettings(kind, endpoints, options);
  const { onInvalid = 'skip', sampleType, loans = false, status, demand } = options;
  const codec = options.codec ?? socket.driver.codec ?? sigsReading;
  checkCodecOptions(kind.of, options, codec, { topical: true });
  return {
    of: kind.of,
    socket,
    codec,
    topics: [],
    sampleType,
    loans: loans && isSigs(codec),
    conflate: false,
    ack: 'auto',
    onInvalid,
    status,
    demand,
  };
}
