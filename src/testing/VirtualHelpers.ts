import type { Observable, ObservableInput } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import type { Codec } from '../codecs/Codec.js';
import type { StampSettings } from '../frame/createStamp.js';
import type { Frame, FrameInput } from '../frame/types.js';
import type { FrameFields, frames, TestSamples } from './frames.js';

/** How a far side sends frames: the metadata of bare samples, and whether sequence numbers are kept. */
export interface FrameFeedOptions extends StampSettings {
  readonly codec?: undefined;
  /** To a `reply`: how long each answer may take, in ms. @default 5000 */
  readonly timeoutMs?: number | undefined;
}
/** How a far side sends with a codec. */
export interface CodecFeedOptions<I> {
  /** What the parts of its messages mean. */
  readonly codec: Codec<unknown, I>;
  /** To a `reply`: how long each answer may take, in ms. @default 5000 */
  readonly timeoutMs?: number | undefined;
}

interface CommonExpectOptions {
  /** For a `toPub`: only messages whose first part begins with one of these. @default all */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** How many messages the far side queues while it is not ready. @default 1 if `room` is used, otherwise 1000 */
  readonly highWaterMark?: number | undefined;
}
/** How a far side receives frames, and its answers to a `request`. */
export interface FrameExpectOptions extends CommonExpectOptions {
  readonly codec?: undefined;
  /** What a `request` is answered: now, or by an Observable later. @default nothing */
  readonly reply?: ((request: Frame) => FrameInput | Observable<FrameInput>) | undefined;
}
/** How a far side receives with a codec, and its answers. */
export interface CodecExpectOptions<T, I = T> extends CommonExpectOptions {
  /** What the parts of messages mean. */
  readonly codec: Codec<T, I, unknown>;
  /** What a `request` is answered: now, or by an Observable later. @default nothing */
  readonly reply?: ((request: T) => I | Observable<I>) | undefined;
}

/** The values of the letters of a diagram. */
export type MarbleValues<T> = Readonly<Record<string, T>>;

/** The expected notifications of an Observable. */
export interface ObservableExpectation<T> {
  /**
   * A diagram, with the values of its letters and the error of its `#`; an error may be given by some of its fields:
   * `{ code: 'ERR_DRAIN' }`.
   */
  toBe(marbles: string, values?: object | null, error?: unknown): void;
  /** The same notifications as another Observable, at the same times. */
  toEqual(other: Observable<T>): void;
}

/** The expected messages of an endpoint. */
export interface EndpointExpectation {
  /**
   * A diagram of messages; an endpoint has no end. Without values, a letter is the frame that `feed` makes of it; with a codec, the
   * letter itself.
   */
  toBe(marbles: string, values?: object): void;
}

/** The argument of the function that `virtualTime` runs. All diagrams use the time of the run, one character for each ms. */
export interface VirtualHelpers extends Pick<RunHelpers, 'cold' | 'hot' | 'time' | 'animate' | 'expectSubscriptions'> {
  /** As in RxJS; its subscription ends with the run. Frames are compared as in {@link frames}. */
  expectObservable<T>(source: Observable<T>, subscription?: string | null): ObservableExpectation<T>;
  /** Lets time pass until nothing more happens, and checks the expectations so far. The run does this at its end anyway. */
  flush(): void;
  /** Subscribes to a pipeline, at once or as `'--^---!'` says, until the run ends. Its error fails the run. */
  run(pipeline: ObservableInput<unknown>, subscription?: string): void;
  /** {@link frames}, for convenience. */
  frames: typeof frames;
  /**
   * Makes the far side of a `fromPull`, `fromSub` or `reply` send a diagram: `a-b-|`. It opens together with them; `|`: it closes
   * when everything is sent; `#`: it closes at once. Without values, a letter is a frame of one sample, different for each letter;
   * with a codec, the letter itself.
   */
  feed(
    endpoint: string,
    marbles: string,
    values?: MarbleValues<FrameInput | TestSamples>,
    options?: FrameFeedOptions,
  ): void;
  /** The same with a codec, which encodes the values. */
  feed<I>(endpoint: string, marbles: string, values: MarbleValues<I> | undefined, options: CodecFeedOptions<I>): void;
  /**
   * States what the far side of a `toPush`, `toPub` or `request` receives, or the answers of a `reply` that was fed. For a frame,
   * samples alone or an object with some fields are enough: {@link FrameFields}.
   */
  expectEndpoint(endpoint: string, options?: FrameExpectOptions): EndpointExpectation;
  /** The same with a codec, which decodes the messages. */
  expectEndpoint<T, I = T>(endpoint: string, options: CodecExpectOptions<T, I>): EndpointExpectation;
  /** When the far side accepts messages (`1`) and when it does not (`0`): `1---0---1`. */
  room(endpoint: string, marbles: string): void;
  /**
   * When the peers of an endpoint can be reached (`1`), when they are gone (`0`: connections break, and are refused), and when they
   * are silent (`~`: as if the cable were unplugged; not with inproc).
   */
  presence(endpoint: string, marbles: string): void;
}

export type { FrameFields };
