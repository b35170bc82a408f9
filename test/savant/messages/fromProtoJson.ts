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

type Json = any;

// The message that the official runtime's JSON describes, built without any code of the library.

const long = (value: string | undefined): bigint => BigInt(value ?? 0);
const optionalLong = (value: string | undefined) => (value === undefined ? undefined : BigInt(value));
const float = (value: number | undefined) => Math.fround(value ?? 0);
const optionalFloat = (value: number | undefined) => (value === undefined ? undefined : Math.fround(value));
const double = (value: number | string | undefined): number => Number(value ?? 0);
const bytes = (value: string | undefined): Uint8Array => new Uint8Array(Buffer.from(value ?? '', 'base64'));
const list = <T>(values: Json[] | undefined, one: (value: Json) => T): T[] => (values ?? []).map((value) => one(value));
const camel = (name: string): string =>
  name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const word = (name: string | undefined, first: string): Json => (name === undefined ? first : camel(name));

export function fromProtoJson(json: Json): Message {
  return {
    protocolVersion: json.protocol_version ?? '',
    routingLabels: json.routing_labels ?? [],
    propagatedContext: json.propagated_context ?? {},
    seqId: long(json.seq_id),
    payload: payloadOf(json),
    systemId: json.system_id ?? '',
  };
}

function payloadOf(json: Json): Payload {
  if (json.video_frame) return frameOf(json.video_frame);
  if (json.video_frame_batch) {
    const frames: [string, Json][] = Object.entries(json.video_frame_batch.batch ?? {});
    return { kind: 'videoFrameBatch', frames: new Map(frames.map(([key, frame]) => [BigInt(key), frameOf(frame)])) };
  }
  if (json.video_frame_update) {
    const update = json.video_frame_update;
    return {
      kind: 'videoFrameUpdate',
      frameAttributes: list(update.frame_attributes, attributeOf),
      objectAttributes: list(update.object_attributes, (one) => ({
        objectId: long(one.object_id),
        attribute: attributeOf(one.attribute),
      })),
      objects: list(update.objects, (one) => ({
        object: objectOf(one.object),
        parentId: optionalLong(one.parent_id),
      })),
      frameAttributePolicy: word(update.frame_attribute_policy, 'replaceWithForeign'),
      objectAttributePolicy: word(update.object_attribute_policy, 'replaceWithForeign'),
      objectPolicy: word(update.object_policy, 'addForeignObjects'),
    };
  }
  if (json.user_data) {
    const { source_id: sourceId, attributes } = json.user_data;
    return { kind: 'userData', sourceId: sourceId ?? '', attributes: list(attributes, attributeOf) };
  }
  if (json.end_of_stream) return { kind: 'endOfStream', sourceId: json.end_of_stream.source_id ?? '' };
  if (json.unknown) return { kind: 'unknown', message: json.unknown.message ?? '' };
  return { kind: 'shutdown', auth: json.shutdown.auth ?? '' };
}

function frameOf(json: Json): VideoFrame {
  return {
    kind: 'videoFrame',
    previousFrameSeqId: optionalLong(json.previous_frame_seq_id),
    sourceId: json.source_id ?? '',
    uuid: json.uuid ?? '',
    creationTimestampNs: long(json.creation_timestamp_ns_high) * 2n ** 64n + long(json.creation_timestamp_ns_low),
    framerate: json.framerate ?? '',
    width: long(json.width),
    height: long(json.height),
    transcodingMethod: word(json.transcoding_method, 'copy'),
    codec: json.codec,
    keyframe: json.keyframe,
    timeBaseNumerator: json.time_base_numerator ?? 0,
    timeBaseDenominator: json.time_base_denominator ?? 0,
    pts: long(json.pts),
    dts: optionalLong(json.dts),
    duration: optionalLong(json.duration),
    content: contentOf(json),
    transformations: list(json.transformations, transformationOf),
    attributes: list(json.attributes, attributeOf),
    objects: list(json.objects, objectOf),
    previousKeyframe: json.previous_keyframe,
  };
}

function contentOf(json: Json): FrameContent {
  if (json.internal !== undefined) return { kind: 'internal', data: bytes(json.internal) };
  if (json.external) return { kind: 'external', method: json.external.method ?? '', location: json.external.location };
  return { kind: 'none' };
}

function transformationOf(json: Json): Transformation {
  const [[name, value]] = Object.entries<Json>(json) as [[string, Json]];
  if (name === 'padding') {
    return {
      kind: 'padding',
      left: long(value.padding_left),
      top: long(value.padding_top),
      right: long(value.padding_right),
      bottom: long(value.padding_bottom),
    };
  }
  return { kind: camel(name) as 'scale', width: long(value.width), height: long(value.height) };
}

function objectOf(json: Json): VideoObject {
  return {
    id: long(json.id),
    parentId: optionalLong(json.parent_id),
    namespace: json.namespace ?? '',
    label: json.label ?? '',
    drawLabel: json.draw_label,
    detectionBox: boxOf(json.detection_box),
    attributes: list(json.attributes, attributeOf),
    confidence: optionalFloat(json.confidence),
    trackBox: json.track_box && boxOf(json.track_box),
    trackId: optionalLong(json.track_id),
  };
}

function attributeOf(json: Json): Attribute {
  return {
    namespace: json.namespace ?? '',
    name: json.name ?? '',
    values: list(json.values, valueOf),
    hint: json.hint,
    isPersistent: json.is_persistent ?? false,
    isHidden: json.is_hidden ?? false,
  };
}

function valueOf(json: Json): AttributeValue {
  const confidence = optionalFloat(json.confidence);
  const [[name, { data, dims }]] = Object.entries<Json>(json).filter(([key]) => key !== 'confidence') as [
    [string, Json],
  ];
  switch (name) {
    case 'bytes':
      return { kind: 'bytes', dims: list(dims, long), data: bytes(data), confidence };
    case 'string':
      return { kind: 'string', value: data ?? '', confidence };
    case 'string_vector':
      return { kind: 'stringVector', value: data ?? [], confidence };
    case 'integer':
      return { kind: 'integer', value: long(data), confidence };
    case 'integer_vector':
      return { kind: 'integerVector', value: list(data, long), confidence };
    case 'float':
      return { kind: 'float', value: double(data), confidence };
    case 'float_vector':
      return { kind: 'floatVector', value: list(data, double), confidence };
    case 'boolean':
      return { kind: 'boolean', value: data ?? false, confidence };
    case 'boolean_vector':
      return { kind: 'booleanVector', value: data ?? [], confidence };
    case 'bounding_box':
      return { kind: 'boundingBox', value: boxOf(data), confidence };
    case 'bounding_box_vector':
      return { kind: 'boundingBoxVector', value: list(data, boxOf), confidence };
    case 'point':
      return { kind: 'point', value: pointOf(data), confidence };
    case 'point_vector':
      return { kind: 'pointVector', value: list(data, pointOf), confidence };
    case 'polygon':
      return { kind: 'polygon', value: polygonOf(data), confidence };
    case 'polygon_vector':
      return { kind: 'polygonVector', value: list(data, polygonOf), confidence };
    case 'intersection':
      return { kind: 'intersection', value: intersectionOf(data), confidence };
    case 'none':
      return { kind: 'none', confidence };
    case 'temporary':
      return { kind: 'temporary', confidence };
    default:
      throw new Error(`no such value: ${name}`);
  }
}

function boxOf(json: Json): BoundingBox {
  return {
    xc: float(json.xc),
    yc: float(json.yc),
    width: float(json.width),
    height: float(json.height),
    angle: optionalFloat(json.angle),
  };
}

function pointOf(json: Json): Point {
  return { x: float(json.x), y: float(json.y) };
}

function polygonOf(json: Json): Polygon {
  const tags = json.tags && list(json.tags.tags, (one): string | undefined => one.tag);
  return { points: list(json.points, pointOf), tags };
}

function intersectionOf(json: Json): Intersection {
  return {
    kind: word(json.kind, 'enter'),
    edges: list(json.edges, (one) => ({ id: long(one.id), tag: one.tag })),
  };
}
