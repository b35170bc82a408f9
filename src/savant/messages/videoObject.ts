import { checkOptions } from '../../options/rules.js';
import { requireOption } from '../../options/requireOption.js';
import { type Integer, isAnyNumber, isArray, isInt64, isObject, isString, toBigInt } from './rules.js';
import type { Attribute, BoundingBox } from '../schema/attributes.js';
import type { VideoObject } from '../schema/types.js';

/** The input of {@link videoObject}. 64-bit integers may be numbers if these are exact. */
export interface VideoObjectOptions {
  /** Its number within the frame. */
  readonly id: Integer;
  /** The creator, such as the name of a model. */
  readonly namespace: string;
  /** The class of the object. */
  readonly label: string;
  readonly detectionBox: BoundingBox;
  /** The `id` of another object of the same frame. @default none */
  readonly parentId?: Integer | undefined;
  /** The label to show. @default none */
  readonly drawLabel?: string | undefined;
  /** @default [] */
  readonly attributes?: readonly Attribute[] | undefined;
  /** A float of 32 bits. @default not known */
  readonly confidence?: number | undefined;
  /** @default none */
  readonly trackBox?: BoundingBox | undefined;
  /** @default none */
  readonly trackId?: Integer | undefined;
}

const rules = {
  id: isInt64,
  namespace: isString,
  label: isString,
  detectionBox: isObject,
  parentId: isInt64,
  drawLabel: isString,
  attributes: isArray,
  confidence: isAnyNumber,
  trackBox: isObject,
  trackId: isInt64,
};

/**
 * Makes an object that was detected in a frame.
 *
 * @param options the fields of the object
 * @throws OptionError if an option is unknown, missing, of a wrong type or out of range.
 * @example
 * ```ts
 * const car = videoObject({ id: 1, namespace: 'yolo', label: 'car', detectionBox: { xc: 100, yc: 80, width: 40, height: 20 } });
 * ```
 */
export function videoObject(options: VideoObjectOptions): VideoObject {
  checkOptions('videoObject', options, rules);
  for (const name of ['id', 'namespace', 'label', 'detectionBox'] as const) {
    requireOption('videoObject', name, options[name], rules[name]);
  }
  const { id, parentId, namespace, label, drawLabel, detectionBox, attributes = [], confidence, trackBox } = options;
  return {
    id: BigInt(id),
    parentId: toBigInt(parentId),
    namespace,
    label,
    drawLabel,
    detectionBox,
    attributes,
    confidence,
    trackBox,
    trackId: toBigInt(options.trackId),
  };
}
