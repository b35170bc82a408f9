import fc from 'fast-check';
import type {
  Attribute,
  AttributeValue,
  BoundingBox,
  Intersection,
  Point,
  Polygon,
} from '../../../src/savant/schema/attributes.js';
import type {
  FrameContent,
  Message,
  Payload,
  Transformation,
  VideoFrame,
  VideoObject,
} from '../../../src/savant/schema/types.js';

// -0 is left out where the wire has no presence: other libraries take it for the default
const float = fc.float({ noDefaultInfinity: false }).map((value) => value + 0);
const double = fc.double().map((value) => value + 0);
const text = fc.string({ unit: 'binary', maxLength: 12 });
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int64 = fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -300n, max: 300n }));
const uint64 = fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.bigInt({ min: 0n, max: 300n }));
const bytes = fc.uint8Array({ maxLength: 300 }).map((value) => new Uint8Array(value));
const perhaps = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const few = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });

const box: fc.Arbitrary<BoundingBox> = fc.record({
  xc: float,
  yc: float,
  width: float,
  height: float,
  angle: perhaps(float.filter((value) => value !== 3.4028234663852886e38)), // that one means none
});
const point: fc.Arbitrary<Point> = fc.record({ x: float, y: float });
const polygon: fc.Arbitrary<Polygon> = few(point).chain((points) =>
  fc.record({
    points: fc.constant(points),
    tags: perhaps(fc.array(perhaps(text), { minLength: points.length, maxLength: points.length })),
  }),
);
const intersection: fc.Arbitrary<Intersection> = fc.record({
  kind: fc.constantFrom('enter', 'inside', 'leave', 'cross', 'outside'),
  edges: few(fc.record({ id: uint64, tag: perhaps(text) })),
});

const confidence = perhaps(float);
const valued = <K extends AttributeValue['kind'], T>(kind: K, value: fc.Arbitrary<T>) =>
  fc.record({ kind: fc.constant(kind), value, confidence });

export const attributeValue = fc.oneof(
  fc.record({ kind: fc.constant('bytes'), dims: few(int64), data: bytes, confidence }),
  valued('string', text),
  valued('stringVector', few(text)),
  valued('integer', int64),
  valued('integerVector', few(int64)),
  valued('float', double),
  valued('floatVector', few(fc.double())),
  valued('boolean', fc.boolean()),
  valued('booleanVector', few(fc.boolean())),
  valued('boundingBox', box),
  valued('boundingBoxVector', few(box)),
  valued('point', point),
  valued('pointVector', few(point)),
  valued('polygon', polygon),
  valued('polygonVector', few(polygon)),
  valued('intersection', intersection),
  fc.record({ kind: fc.constant('none'), confidence }),
  fc.record({ kind: fc.constant('temporary'), confidence }),
) as fc.Arbitrary<AttributeValue>;

const attribute: fc.Arbitrary<Attribute> = fc.record({
  namespace: text,
  name: text,
  values: few(attributeValue),
  hint: perhaps(text),
  isPersistent: fc.boolean(),
  isHidden: fc.boolean(),
});

const content: fc.Arbitrary<FrameContent> = fc.oneof(
  fc.record({ kind: fc.constant('internal' as const), data: bytes }),
  fc.record({ kind: fc.constant('external' as const), method: text, location: perhaps(text) }),
  fc.constant({ kind: 'none' as const }),
);

const transformation = fc.oneof(
  fc.record({ kind: fc.constantFrom('initialSize', 'scale', 'resultingSize'), width: uint64, height: uint64 }),
  fc.record({ kind: fc.constant('padding'), left: uint64, top: uint64, right: uint64, bottom: uint64 }),
) as fc.Arbitrary<Transformation>;

const object: fc.Arbitrary<VideoObject> = fc.record({
  id: int64,
  parentId: fc.constant(undefined),
  namespace: text,
  label: text,
  drawLabel: perhaps(text),
  detectionBox: box,
  attributes: few(attribute),
  confidence,
  trackBox: perhaps(box),
  trackId: perhaps(int64),
});

/** Objects some of which have one of them for a parent. */
const family = fc
  .array(fc.tuple(object, fc.option(fc.nat({ max: 30 }))), { maxLength: 20 })
  .map((pairs): VideoObject[] =>
    pairs.map(([one, parent]) => ({
      ...one,
      parentId: parent === null ? undefined : pairs[parent % pairs.length]![0].id,
    })),
  );

const frame: fc.Arbitrary<VideoFrame> = fc.record({
  kind: fc.constant('videoFrame'),
  previousFrameSeqId: perhaps(int64),
  sourceId: text,
  uuid: fc.uuid(),
  creationTimestampNs: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), uint64),
  framerate: text,
  width: int64,
  height: int64,
  transcodingMethod: fc.constantFrom('copy', 'encoded'),
  codec: perhaps(text),
  keyframe: perhaps(fc.boolean()),
  timeBaseNumerator: int32,
  timeBaseDenominator: int32,
  pts: int64,
  dts: perhaps(int64),
  duration: perhaps(int64),
  content,
  transformations: few(transformation),
  attributes: few(attribute),
  objects: family,
  previousKeyframe: perhaps(fc.uuid()),
});

const policy = fc.constantFrom('replaceWithForeign', 'keepOwn', 'error');

const payload = fc.oneof(
  { weight: 4, arbitrary: frame },
  fc.record({
    kind: fc.constant('videoFrameBatch'),
    frames: fc.array(fc.tuple(int64, frame), { maxLength: 3 }).map((entries) => new Map(entries)),
  }),
  fc.record({
    kind: fc.constant('videoFrameUpdate'),
    frameAttributes: few(attribute),
    objectAttributes: few(fc.record({ objectId: int64, attribute })),
    objects: few(fc.record({ object, parentId: perhaps(int64) })),
    frameAttributePolicy: policy,
    objectAttributePolicy: policy,
    objectPolicy: fc.constantFrom('addForeignObjects', 'errorIfLabelsCollide', 'replaceSameLabelObjects'),
  }),
  fc.record({ kind: fc.constant('userData'), sourceId: text, attributes: few(attribute) }),
  fc.record({ kind: fc.constant('endOfStream'), sourceId: text }),
  fc.record({ kind: fc.constant('unknown'), message: text }),
  fc.record({ kind: fc.constant('shutdown'), auth: text }),
) as fc.Arbitrary<Payload>;

/** Other libraries lose `__proto__`, which has a test of its own. */
const key = text.filter((name) => name !== '__proto__');

/** Whatever can be sent. */
export const messages: fc.Arbitrary<Message> = fc.record({
  protocolVersion: text,
  routingLabels: few(text),
  propagatedContext: fc.dictionary(key, text, { maxKeys: 4, noNullPrototype: true }),
  seqId: uint64,
  payload,
  systemId: text,
});
