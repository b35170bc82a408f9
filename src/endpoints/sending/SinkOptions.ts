import type { Codec } from '../../codecs/Codec.js';
import { defaultCodec } from '../defaultCodec.js';
import { MAX_BUFFERED } from '../../demand/overflow.js';
import type { Demand } from '../../demand/types.js';
import { stampRules, type StampSettings, type WithoutStamp } from '../../frame/createStamp.js';
import type { SampleType, SamplesByType } from '../../samples/types.js';
import { checkCodecOptions, isCodec } from '../../codecs/codecOptions.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { isBoolean, isDemand, isEither, isFunction, isInteger, type Rules } from '../../options/rules.js';
import type { SinkSettings } from './send.js';
import { socketRules, type SocketOptions } from '../SocketOptions.js';
import { type EndpointKind, socketSettings } from '../socketSettings.js';

/** Options of every sink. */
export interface SinkOptions extends SocketOptions {
  /**
   * `nats://` endpoints with Frames only: sends an end of stream at completion, as doppler does, so that readers complete.
   * @default false
   */
  readonly endOfStream?: boolean | undefined;
  /** The demand that holds back the source, besides that of this operator; `null`: none. @default that of the consumer that is found at subscription */
  readonly demand?: Demand | null | undefined;
  /**
   * How many values may be queued from a source that ignores back-pressure; one more is an `OverflowError`. @default 1000
   */
  readonly maxBuffered?: number | undefined;
}

/** Options of a sink for Frames. */
export interface FrameSinkOptions extends SinkOptions, StampSettings {
  /**
   * Who owns the samples after they are sent. `false`: the caller, who may change them at once. `true`: the socket; the caller must
   * not change them again. A function: the socket, until it calls the function with the samples. @default false
   */
  readonly zeroCopy?: boolean | ((samples: SamplesByType[SampleType]) => void) | undefined;
  readonly codec?: undefined;
}

/** Options of a sink with another codec. */
export interface CodecSinkOptions<T, I = T, P = T> extends SinkOptions, WithoutStamp {
  /** Encodes each value as the parts of a message. @default sigs */
  readonly codec: Codec<T, I, P>;
  /** `true`: the socket owns the parts that the codec returns; `false`: they may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}

/** The rules for these options. */
export const sinkRules: Rules = {
  ...socketRules,
  ...stampRules,
  codec: isCodec,
  zeroCopy: isEither(isBoolean, isFunction),
  demand: isDemand,
  maxBuffered: isInteger(0),
  endOfStream: isBoolean,
};

/** The options of any sink, whichever overload was called. */
export type AnySinkOptions = SinkOptions &
  StampSettings & { readonly zeroCopy?: FrameSinkOptions['zeroCopy']; readonly codec?: Codec<unknown> | undefined };

/** Checks the arguments of a sink, and fills in the defaults. */
export function sinkSettings(kind: EndpointKind, endpoints: Endpoints, options: AnySinkOptions): SinkSettings {
  const given = socketSettings(kind, endpoints, options);
  const {
    codec = defaultCodec(given),
    zeroCopy = false,
    lingerMs,
    status,
    demand,
    maxBuffered = MAX_BUFFERED,
  } = options;
  checkCodecOptions(kind.of, options, codec, { topical: false });
  // a message for many subscribers is copied, so that the sink is done with it at once
  const tellsReleased = given.driver.capabilities.tellsReleased && kind.type === 'push';
  const socket = { ...given, tellsReleased };
  return {
    of: kind.of,
    socket,
    codec,
    stamp: options,
    zeroCopy,
    lingerMs,
    status,
    demand,
    maxBuffered,
    waitForSubscribers: 0,
    warnsOfLoss: false,
  };
}
