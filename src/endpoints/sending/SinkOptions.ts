import type { Codec } from '../../codecs/Codec.js';
import { sigs } from '../../codecs/sigs.js';
import { MAX_BUFFERED } from '../../demand/overflow.js';
import type { Demand } from '../../demand/types.js';
import { stampRules, type StampSettings } from '../../frame/createStamp.js';
import type { SampleType, SamplesByType } from '../../samples/types.js';
import { checkCodecOptions, isCodec } from '../../codecs/codecOptions.js';
import type { Endpoints } from '../../driver/endpoints.js';
import { isBoolean, isDemand, isEither, isFunction, isInteger, type Rules } from '../../options/rules.js';
import type { SinkSettings } from './send.js';
import { socketRules, type SocketOptions } from '../SocketOptions.js';
import { type EndpointKind, socketSettings } from '../socketSettings.js';

/** What every sink takes. */
export interface SinkOptions extends SocketOptions {
  /** Whose room, besides its own, holds back what feeds it; `null`: nobody's. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
  /**
   * How many values may wait that come of where demand cannot reach; one more is an `OverflowError`. @default 1000
   */
  readonly maxBuffered?: number | undefined;
}

/** Options of a sink for Frames. */
export interface FrameSinkOptions extends SinkOptions, StampSettings {
  /**
   * Who owns the memory of what was sent. `false`: its sender, who may change it at once. `true`: the socket, nobody may
   * change it again. A function: the socket, until it is called with the samples. @default false
   */
  readonly zeroCopy?: boolean | ((samples: SamplesByType[SampleType]) => void) | undefined;
  readonly codec?: undefined;
}

/** Options of a sink with a codec of one's choice. */
export interface CodecSinkOptions<T, I = T, P = T> extends SinkOptions {
  /** What the parts of a message mean. @default sigs */
  readonly codec: Codec<T, I, P>;
  /** Whether the parts that the codec gave belong to the socket; `false`: they may be changed at once. @default false */
  readonly zeroCopy?: boolean | undefined;
}

/** The rules for all of these. */
export const sinkRules: Rules = {
  ...socketRules,
  ...stampRules,
  codec: isCodec,
  zeroCopy: isEither(isBoolean, isFunction),
  demand: isDemand,
  maxBuffered: isInteger(0),
};

/** Any sink's options, whichever overload took them. */
export type AnySinkOptions = SinkOptions &
  StampSettings & { readonly zeroCopy?: FrameSinkOptions['zeroCopy']; readonly codec?: Codec<unknown> | undefined };

/** Checks what a sink was called with, and fills in the defaults. */
export function sinkSettings(kind: EndpointKind, endpoints: Endpoints, options: AnySinkOptions): SinkSettings {
  const given = socketSettings(kind, endpoints, options);
  const { codec = sigs, zeroCopy = false, lingerMs, status, demand, maxBuffered = MAX_BUFFERED } = options;
  checkCodecOptions(kind.of, options, codec, false);
  // what many subscribers share is copied, so that the sink is done with it at once
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
  };
}
