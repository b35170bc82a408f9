import { defaultClock } from '../../rx/defaultClock.js';
import { checkOptions, isBoolean, isOneOf } from '../../options/rules.js';
import { requireOption } from '../../options/requireOption.js';
import {
  type Integer,
  isArray,
  isInt32,
  isInt64,
  isNotNegative,
  isObject,
  isPositive,
  isString,
  isTimestamp,
  isUuidText,
  toBigInt,
} from './rules.js';
import type { Attribute } from '../schema/attributes.js';
import type { FrameContent, Transformation, TranscodingMethod, VideoFrame, VideoObject } from '../schema/types.js';
import { uuidV7 } from './uuidV7.js';

/** The input of {@link videoFrame}. 64-bit integers may be numbers if these are exact. */
export interface VideoFrameOptions {
  /** The source of its stream. */
  readonly sourceId: string;
  /** Free text such as `30/1`. */
  readonly framerate: string;
  /** In pixels, from 1. */
  readonly width: Integer;
  /** In pixels, from 1. */
  readonly height: Integer;
  /** The location of the picture. @default { kind: 'none' } */
  readonly content?: FrameContent | undefined;
  /** Whether the stream is copied or was transcoded. @default 'copy' */
  readonly transcodingMethod?: TranscodingMethod | undefined;
  /** Such as `h264`. @default none */
  readonly codec?: string | undefined;
  /** @default not known */
  readonly keyframe?: boolean | undefined;
  /** @default 1 */
  readonly timeBaseNumerator?: number | undefined;
  /** @default 1_000_000 */
  readonly timeBaseDenominator?: number | undefined;
  /** The presentation time, in units of the time base, from 0. @default 0n */
  readonly pts?: Integer | undefined;
  /** The decoding time, in units of the time base. @default not known */
  readonly dts?: Integer | undefined;
  /** In units of the time base. @default not known */
  readonly duration?: Integer | undefined;
  /** @default a new one, of version 7 */
  readonly uuid?: string | undefined;
  /** UNIX time in ns. @default now */
  readonly creationTimestampNs?: Integer | undefined;
  /** The changes of the picture's geometry. @default [] */
  readonly transformations?: readonly Transformation[] | undefined;
  /** @default [] */
  readonly attributes?: readonly Attribute[] | undefined;
  /** @default [] */
  readonly objects?: readonly VideoObject[] | undefined;
  /** The `seqId` of the previous frame. @default none */
  readonly previousFrameSeqId?: Integer | undefined;
  /** The UUID of the previous keyframe. @default none */
  readonly previousKeyframe?: string | undefined;
}

const rules = {
  sourceId: isString,
  framerate: isString,
  width: isPositive,
  height: isPositive,
  content: isObject,
  transcodingMethod: /* @__PURE__ */ isOneOf('copy', 'encoded'),
  codec: isString,
  keyframe: isBoolean,
  timeBaseNumerator: isInt32,
  timeBaseDenominator: isInt32,
  pts: isNotNegative,
  dts: isInt64,
  duration: isInt64,
  uuid: isUuidText,
  creationTimestampNs: isTimestamp,
  transformations: isArray,
  attributes: isArray,
  objects: isArray,
  previousFrameSeqId: isInt64,
  previousKeyframe: isUuidText,
};

/**
 * Makes a video frame.
 *
 * Nested values are not checked here; {@link encodeMessage} checks everything.
 *
 * @param options the fields of the frame
 * @throws OptionError if an option is unknown, missing, of a wrong type or out of range.
 * @example
 * ```ts
 * const frame = videoFrame({ sourceId: 'cam-1', framerate: '30/1', width: 1280, height: 720, keyframe: true });
 * ```
 */
export function videoFrame(options: VideoFrameOptions): VideoFrame {
  checkOptions('videoFrame', options, rules);
  for (const name of ['sourceId', 'framerate', 'width', 'height'] as const) {
    requireOption('videoFrame', name, options[name], rules[name]);
  }
  const { content = { kind: 'none' }, transcodingMethod = 'copy', codec, keyframe } = options;
  const { timeBaseNumerator = 1, timeBaseDenominator = 1_000_000, pts = 0n, dts, duration } = options;
  const { uuid, creationTimestampNs = defaultClock.wallNs(), previousFrameSeqId, previousKeyframe } = options;
  const { transformations = [], attributes = [], objects = [] } = options;
  return {
    kind: 'videoFrame',
    previousFrameSeqId: toBigInt(previousFrameSeqId),
    sourceId: options.sourceId,
    uuid: uuid ?? uuidV7(defaultClock.wallNs()),
    creationTimestampNs: BigInt(creationTimestampNs),
    framerate: options.framerate,
    width: BigInt(options.width),
    height: BigInt(options.height),
    transcodingMethod,
    codec,
    keyframe,
    timeBaseNumerator,
    timeBaseDenominator,
    pts: BigInt(pts),
    dts: toBigInt(dts),
    duration: toBigInt(duration),
    content,
    transformations,
    attributes,
    objects,
    previousKeyframe,
  };
}
