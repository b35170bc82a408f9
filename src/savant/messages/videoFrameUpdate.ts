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

/** What an update is made of. */
export interface VideoFrameUpdateOptions {
  /** @default [] */
  readonly frameAttributes?: readonly Attribute[] | undefined;
  /** @default [] */
  readonly objectAttributes?: readonly ObjectAttribute[] | undefined;
  /** @default [] */
  readonly objects?: readonly ForeignObject[] | undefined;
  /** What to do with a frame attribute that is there. @default 'error' */
  readonly frameAttributePolicy?: AttributeUpdatePolicy | undefined;
  /** What to do with an object attribute that is there. @default 'error' */
  readonly objectAttributePolicy?: AttributeUpdatePolicy | undefined;
  /** What to do with objects that are there. @default 'errorIfLabelsCollide' */
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
 * Makes changes to a frame that the receiver has.
 *
 * @throws OptionError where an option is unknown or of a wrong type.
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
