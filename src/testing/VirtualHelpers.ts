import type { Observable, ObservableInput } from 'rxjs';
import type { RunHelpers } from 'rxjs/testing';
import type { Codec } from '../codecs/Codec.js';
import type { StampSettings } from '../frame/createStamp.js';
import type { Frame, FrameInput } from '../frame/types.js';
import type { FrameFields, frames, TestSamples } from './frames.js';

/** How a far side sends frames: how bare samples are stamped, and whether sequence numbers are kept. */
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
  /** From a `toPub`: only messages whose first part begins with one of these. @default all */
  readonly topics?: readonly (string | Uint8Array)[] | undefined;
  /** How many messages the far side lets wait while it has no room. @default 1 where `room` is used, else 1000 */
  readonly highWaterMark?: number | undefined;
}
/** How a far side receives frames, and what it answers to a `request`. */
export interface FrameExpectOptions extends CommonExpectOptions {
  readonly codec?: undefined;
  /** What a `request` is answered: now, or by an Observable later. @default nothing */
  readonly reply?: ((request: Frame) => FrameInput | Observable<FrameInput>) | undefined;
}
/** How a far side receives with a codec, and what it answers. */
export interface CodecExpectOptions<T, I = T> extends CommonExpectOptions {
  /** What the parts of messages mean. */
  readonly codec: Codec<T, I, unknown>;
  /** What a `request` is answered: now, or by an Observable later. @default nothing */
  readonly reply?: ((request: T) => I | Observable<I>) | undefined;
}

/** What a letter of a diagram stands for. */
export type MarbleValues<T> = Readonly<Record<string, T>>;

/** What an Observable should notify. */
export interface ObservableExpectation<T> {
  /** A diagram, with what its letters and its `#` stand for; an error may be named by some of its fields: `{ code: 'ERR_DRAIN' }`. */
  toBe(marbles: string, values?: object | null, error?: unknown): void;
  /** The same as another one notifies, at the same times. */
  toEqual(other: Observable<T>): void;
}

/** What should come out of an endpoint. */
export interface EndpointExpectation {
  /**
   * A diagram of messages; an endpoint has no end. Without values a letter is the frame that `feed` makes of it, or itself where
   * there is a codec.
   */
  toBe(marbles: string, values?: object): void;
}

/** What the function that `virtualTime` runs gets. Time in all diagrams is that of the run, in ms, one for each character. */
export interface VirtualHelpers extends Pick<RunHelpers, 'cold' | 'hot' | 'time' | 'animate' | 'expectSubscriptions'> {
  /** As RxJS's own; its subscription ends with the run. Frames are compared as {@link frames} says. */
  expectObservable<T>(source: Observable<T>, subscription?: string | null): ObservableExpectation<T>;
  /** Lets all time pass that has something to bring, and checks what is expected so far. It is done at the end anyway. */
  flush(): void;
  /** Subscribes a pipeline, at once or as `'--^---!'` says, until the run ends. An error of it fails the run. */
  run(pipeline: ObservableInput<unknown>, subscription?: string): void;
  /** {@link frames}, to have it at hand. */
  frames: typeof frames;
  /**
   * The far side of a `fromPull`, `fromSub` or `reply` sends that: `a-b-|`. It is there as soon as they are; `|`: it goes when all is
   * sent; `#`: at once. Without values a letter is a frame of one sample that tells it from others, or itself where there is a
   * codec.
   */
  feed(
    endpoint: string,
    marbles: string,
    values?: MarbleValues<FrameInput | TestSamples>,
    options?: FrameFeedOptions,
  ): void;
  /** The same with a codec: values are what it encodes. */
  feed<I>(endpoint: string, marbles: string, values: MarbleValues<I> | undefined, options: CodecFeedOptions<I>): void;
  /**
   * The far side of a `toPush`, `toPub` or `request` should get that; and what fed a `reply` should be answered that. Samples alone,
   * or an object with some fields, are enough for a frame: {@link FrameFields}.
   */
  expectEndpoint(endpoint: string, options?: FrameExpectOptions): EndpointExpectation;
  /** The same with a codec: values are what it decodes. */
  expectEndpoint<T, I = T>(endpoint: string, options: CodecExpectOptions<T, I>): EndpointExpectation;
  /** When the far side takes messages (`1`) and when it has no room (`0`): `1---0---1`. */
  room(endpoint: string, marbles: string): void;
  /**
   * When others can be reached there (`1`), when they are gone (`0`: connections break, and are refused), and when they say nothing
   * (`~`: as if the wire were unplugged, not with inproc).
   */
  presence(endpoint: string, marbles: string): void;
}

export type { FrameFields };
