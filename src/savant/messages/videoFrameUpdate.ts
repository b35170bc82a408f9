import { checkOptions, isOneOf } from '../../options/rules.js';
import { isArray } from './rules.js';
import type { Attribute } from '../schema/attributes.js';
import type {
  AttributeUpdatePolicy,
  ForeignObject,
  ObjectAttribute,
  ObjectUpdatePolicy,
  VideoFrameUpdate,
} from '../schema/types.js';

/** The input of {@link videoFrameUpdate}. */
export interface VideoFrameUpdateOptions {
  /** @default [] */
  readonly frameAttributes?: readonly Attribute[] | undefined;
  /** @default [] */
  readonly objectAttributes?: readonly ObjectAttribute[] | undefined;
  /** @default [] */
  readonly objects?: readonly ForeignObject[] | undefined;
  /** What to do with an existing frame attribute. @default 'error' */
  readonly frameAttributePolicy?: AttributeUpdatePolicy | undefined;
  /** What to do with an existing object attribute. @default 'error' */
  readonly objectAttributePolicy?: AttributeUpdatePolicy | undefined;
  /** What to do with existing objects. @default 'errorIfLabelsCollide' */
  readonly objectPolicy?: ObjectUpdatePolicy | undefined;
}

const isAttributePolicy = /* @__PURE__ */ isOneOf('replaceWithForeign', 'keepOwn', 'error');

const rules = {
  frameAttributes: isArray,
  objectAttributes: isArray,
  objects: isArray,
  frameAttributePolicy: isAttributePolicy,
  objectAttributePolicy: isAttributePolicy,
  objectPolicy: /* @__PURE__ */ isOneOf('addForeignObjects', 'errorIfLabelsCollide', 'replaceSameLabelObjects'),
};

/**
 * Makes an update of a frame that the receiver has.
 *
 * @param options what to change, and what to do where it is there already
 * @throws OptionError if an option is unknown or of a wrong type.
 * @example
 * ```ts
 * const update = videoFrameUpdate({ objects: [{ object: car }, { object: plate, parentId: car.id }] });
 * ```
 */
export function videoFrameUpdate(options: VideoFrameUpdateOptions = {}): VideoFrameUpdate {
  checkOptions('videoFrameUpdate', options, rules);
  const { frameAttributes = [], objectAttributes = [], objects = [], objectPolicy = 'errorIfLabelsCollide' } = options;
  const { frameAttributePolicy = 'error', objectAttributePolicy = 'error' } = options;
  return {
    kind: 'videoFrameUpdate',
    frameAttributes,
    objectAttributes,
    objects,
    frameAttributePolicy,
    objectAttributePolicy,
    objectPolicy,
  };
}
