import { utf8Of } from '../basics/utf8.js';
import { subDrivers } from '#platform';
import type { Observable } from 'rxjs';
import type { Codec } from '../codecs/Codec.js';
import { OptionError } from '../errors.js';
import { streamPrefix } from '../frame/header.js';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import { stampRules } from '../frame/createStamp.js';
import type { Endpoints } from '../driver/endpoints.js';
import { isBoolean, type Rule } from '../options/rules.js';
import { receive } from '../endpoints/receiving/receive.js';
import {
  type AnySourceOptions,
  type CodecSourceOptions,
  type FrameSourceOptions,
  sourceRules,
  sourceSettings,
} from '../endpoints/receiving/SourceOptions.js';

/** Options of both forms of {@link fromSub}. */
interface SubOptions {
  /**
   * Keeps only the newest message while the event loop is busy, at most one for each turn; skipped messages are not counted.
   * Unlike `ZMQ_CONFLATE` it keeps all parts of the message. @default false
   */
  readonly conflate?: boolean | undefined;
}
/** Options of {@link fromSub} for Frames. */
export interface FrameSubOptions extends FrameSourceOptions, SubOptions {
  /** Subscribes to the frames of this stream only; the publisher filters. @default all streams */
  readonly streamId?: number | undefined;
}
/** Options of {@link fromSub} with a codec. */
export interface CodecSubOptions<T> extends CodecSourceOptions<T>, SubOptions {
  /** Subscribes to messages whose first part begins with one of these; the publisher filters. @default those of the codec, else all */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** For Frames only. */
  readonly streamId?: undefined;
}

type AnySubOptions = AnySourceOptions &
  SubOptions &
  Pick<FrameSubOptions, 'streamId'> &
  Pick<CodecSubOptions<unknown>, 'topics'>;

const isTopics: Rule = (value) => {
  const expected = 'an array of at least one string or Uint8Array (leave it out to get all)';
  if (!Array.isArray(value) || value.length === 0) return expected;
  return value.every((topic) => typeof topic === 'string' || ArrayBuffer.isView(topic)) ? undefined : expected;
};

const kind = {
  of: 'fromSub',
  type: 'sub',
  drivers: subDrivers,
  binds: false,
  rules: { ...sourceRules, conflate: isBoolean, topics: isTopics, streamId: stampRules.streamId },
} as const;

/**
 * The frames of PUB peers, as an Observable over a SUB socket. It connects by default.
 *
 * **Delivery** Drops newest: every subscriber gets every frame from when it joined, but the publisher drops frames for a subscriber
 * whose queue is at the high-water mark. Gaps in `sequence` show the loss. `conflate` keeps the latest.
 *
 * **Ends** Never by itself: it waits for a peer that is gone. Error: the endpoint cannot be bound, the driver cannot be loaded, or
 * `onInvalid: 'error'`. Unsubscribing closes the socket.
 * ```text
 * publisher  a-b-c-d-e-->
 * output     ----c-d-e-->     joined between b and c
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/fromSub.ts#main}
 *
 * @param endpoints one endpoint or several, such as `tcp://radio:5556`
 * @param options what to subscribe to, the sample type or the codec, limits, and who gets the events of the socket
 * @throws OptionError, EndpointError, UnsupportedError at the call
 * @see {@link fromPull}, where each frame goes to one of the peers and none is dropped
 */
export function fromSub<T>(endpoints: Endpoints, options: CodecSubOptions<T>): Observable<T>;
export function fromSub<S extends SampleType>(
  endpoints: Endpoints,
  options: FrameSubOptions & { readonly sampleType: S },
): Observable<Frame<S>>;
export function fromSub(endpoints: Endpoints, options?: FrameSubOptions): Observable<Frame>;
export function fromSub(endpoints: Endpoints, options: AnySubOptions = {}): Observable<unknown> {
  const settings = sourceSettings(kind, endpoints, options);
  const { conflate = false } = options;
  return receive({ ...settings, conflate, topics: prefixes(options, settings.codec.topics) });
}

/** The prefixes to subscribe to. */
function prefixes({ topics, streamId }: AnySubOptions, codecTopics: Codec<unknown>['topics']): Uint8Array[] {
  if (streamId === undefined) return (topics ?? codecTopics)?.map(bytesOf) ?? [new Uint8Array()];
  if (topics !== undefined)
    throw new OptionError('topics', topics, "fromSub: options 'topics' and 'streamId' exclude each other");
  return [streamPrefix(streamId)];
}

function bytesOf(topic: string | Uint8Array): Uint8Array {
  return typeof topic === 'string' ? utf8Of(topic) : topic;
}
