// Generated from savant.proto by scripts/generateSavant.mjs: edit these, then run npm run generate.
import type {
  Attribute,
  AttributeValue,
  BooleanValue,
  BooleanVectorValue,
  BoundingBox,
  BoundingBoxValue,
  BoundingBoxVectorValue,
  BytesValue,
  FloatValue,
  FloatVectorValue,
  IntegerValue,
  IntegerVectorValue,
  Intersection,
  IntersectionEdge,
  IntersectionKind,
  IntersectionValue,
  NoneValue,
  Point,
  PointValue,
  PointVectorValue,
  Polygon,
  PolygonValue,
  PolygonVectorValue,
  StringValue,
  StringVectorValue,
  TemporaryValue,
} from './attributes.js';
import type {
  AttributeUpdatePolicy,
  EndOfStream,
  ExternalContent,
  ForeignObject,
  FrameContent,
  InitialSize,
  Message,
  NoContent,
  ObjectAttribute,
  ObjectUpdatePolicy,
  Padding,
  Payload,
  ResultingSize,
  Scale,
  Shutdown,
  TranscodingMethod,
  Transformation,
  Unknown,
  UserData,
  VideoFrame,
  VideoFrameBatch,
  VideoFrameUpdate,
  VideoObject,
} from './types.js';
import { checkFrame, checkFrameRead, checkPolygon, checkPolygonRead } from './checks.js';
import { missing, type Reader } from './Reader.js';
import { requireArray, requireAttribute, requireMap, requireObject, within, wrongKind } from './Refusal.js';
import type { Writer } from './Writer.js';
const videoFrameTranscodingMethodNames: readonly TranscodingMethod[] = ['copy', 'encoded'];
const intersectionKindNames: readonly IntersectionKind[] = ['enter', 'inside', 'leave', 'cross', 'outside'];
const attributeUpdatePolicyNames: readonly AttributeUpdatePolicy[] = ['replaceWithForeign', 'keepOwn', 'error'];
const objectUpdatePolicyNames: readonly ObjectUpdatePolicy[] = [
  'addForeignObjects',
  'errorIfLabelsCollide',
  'replaceSameLabelObjects',
];

function joined(high: bigint, low: bigint): bigint {
  return high === 0n ? low : (high << 64n) | low;
}

function expectedBytes({ content }: VideoFrame): number {
  return 400 + (content?.kind === 'internal' ? (content.data?.length ?? 0) : 0);
}

export function readMessage(r: Reader, end: number): Message {
  let protocolVersion = '';
  const routingLabels: string[] = [];
  const propagatedContext: [string, string][] = [];
  let seqId = 0n;
  let payload: Payload | undefined;
  let systemId = '';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        protocolVersion = r.string();
        break;
      case 18:
        routingLabels.push(r.string());
        break;
      case 26:
        readMessagePropagatedContext(r, r.enter(end), propagatedContext);
        break;
      case 32:
        seqId = r.uint64();
        break;
      case 42:
        payload = readVideoFrame(r, r.enter(end));
        break;
      case 50:
        payload = readVideoFrameBatch(r, r.enter(end));
        break;
      case 58:
        payload = readVideoFrameUpdate(r, r.enter(end));
        break;
      case 66:
        payload = readUserData(r, r.enter(end));
        break;
      case 74:
        payload = readEndOfStream(r, r.enter(end));
        break;
      case 82:
        payload = readUnknown(r, r.enter(end));
        break;
      case 90:
        payload = readShutdown(r, r.enter(end));
        break;
      case 162:
        systemId = r.string();
        break;
      default:
        r.skip(next, 0x100ffe, 'Message');
    }
  }
  r.leave(end);
  if (payload === undefined) throw missing('Message.payload');
  return {
    protocolVersion,
    routingLabels,
    propagatedContext: Object.fromEntries(propagatedContext),
    seqId,
    payload,
    systemId,
  };
}

function readMessagePropagatedContext(r: Reader, end: number, into: [string, string][]): void {
  let key = '';
  let value = '';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        key = r.string();
        break;
      case 18:
        value = r.string();
        break;
      default:
        r.skip(next, 6, 'MessagePropagatedContext');
    }
  }
  r.leave(end);
  into.push([key, value]);
}

export function writeMessage(
  w: Writer,
  value: Message,
  seqId = value.seqId,
  systemId = value.systemId,
  protocolVersion = value.protocolVersion,
): void {
  w.string(10, protocolVersion, 'protocolVersion');
  w.strings(18, value.routingLabels, 'routingLabels');
  requireObject(value.propagatedContext, 'propagatedContext');
  for (const [key, text] of Object.entries(value.propagatedContext)) {
    const start = w.open(26);
    w.string(10, key, 'propagatedContext');
    w.string(18, text, `propagatedContext['${key}']`);
    w.close(start);
  }
  w.uint64(32, seqId, 'seqId');
  try {
    const member = value.payload;
    requireObject(member);
    switch (member.kind) {
      case 'videoFrame': {
        const expected = expectedBytes(member);
        const start = w.open(42, expected);
        writeVideoFrame(w, member);
        w.close(start, expected);
        break;
      }
      case 'videoFrameBatch': {
        const start = w.open(50, 200);
        writeVideoFrameBatch(w, member);
        w.close(start, 200);
        break;
      }
      case 'videoFrameUpdate': {
        const start = w.open(58, 200);
        writeVideoFrameUpdate(w, member);
        w.close(start, 200);
        break;
      }
      case 'userData': {
        const start = w.open(66, 200);
        writeUserData(w, member);
        w.close(start, 200);
        break;
      }
      case 'endOfStream': {
        const start = w.open(74);
        writeEndOfStream(w, member);
        w.close(start);
        break;
      }
      case 'unknown': {
        const start = w.open(82);
        writeUnknown(w, member);
        w.close(start);
        break;
      }
      case 'shutdown': {
        const start = w.open(90);
        writeShutdown(w, member);
        w.close(start);
        break;
      }
      default:
        throw wrongKind(
          member,
          'videoFrame',
          'videoFrameBatch',
          'videoFrameUpdate',
          'userData',
          'endOfStream',
          'unknown',
          'shutdown',
        );
    }
  } catch (error) {
    throw within(error, 'payload');
  }
  w.string(162, systemId, 'systemId');
}

function readVideoFrame(r: Reader, end: number): VideoFrame {
  let previousFrameSeqId: bigint | undefined;
  let sourceId = '';
  let uuid = '';
  let creationTimestampNsHigh = 0n;
  let creationTimestampNsLow = 0n;
  let framerate = '';
  let width = 0n;
  let height = 0n;
  let transcodingMethod: TranscodingMethod = 'copy';
  let codec: string | undefined;
  let keyframe: boolean | undefined;
  let timeBaseNumerator = 0;
  let timeBaseDenominator = 0;
  let pts = 0n;
  let dts: bigint | undefined;
  let duration: bigint | undefined;
  let content: FrameContent | undefined;
  const transformations: Transformation[] = [];
  const attributes: Attribute[] = [];
  const objects: VideoObject[] = [];
  let previousKeyframe: string | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        previousFrameSeqId = r.int64();
        break;
      case 18:
        sourceId = r.string();
        break;
      case 26:
        uuid = r.string();
        break;
      case 32:
        creationTimestampNsHigh = r.uint64();
        break;
      case 40:
        creationTimestampNsLow = r.uint64();
        break;
      case 50:
        framerate = r.string();
        break;
      case 56:
        width = r.int64();
        break;
      case 64:
        height = r.int64();
        break;
      case 72:
        transcodingMethod = r.name(videoFrameTranscodingMethodNames, 'VideoFrame.transcodingMethod');
        break;
      case 82:
        codec = r.string();
        break;
      case 88:
        keyframe = r.bool();
        break;
      case 96:
        timeBaseNumerator = r.int32();
        break;
      case 104:
        timeBaseDenominator = r.int32();
        break;
      case 112:
        pts = r.int64();
        break;
      case 120:
        dts = r.int64();
        break;
      case 128:
        duration = r.int64();
        break;
      case 138:
        content = { kind: 'internal', data: r.bytes() };
        break;
      case 146:
        content = readExternalContent(r, r.enter(end));
        break;
      case 154:
        content = readNoContent(r, r.enter(end));
        break;
      case 186:
        transformations.push(readTransformation(r, r.enter(end)));
        break;
      case 194:
        attributes.push(readAttribute(r, r.enter(end)));
        break;
      case 202:
        objects.push(readVideoObject(r, r.enter(end)));
        break;
      case 210:
        previousKeyframe = r.string();
        break;
      default:
        r.skip(next, 0x78ffffe, 'VideoFrame');
    }
  }
  r.leave(end);
  if (content === undefined) throw missing('VideoFrame.content');
  checkFrameRead(uuid, previousKeyframe, objects);
  return {
    kind: 'videoFrame',
    previousFrameSeqId,
    sourceId,
    uuid,
    creationTimestampNs: joined(creationTimestampNsHigh, creationTimestampNsLow),
    framerate,
    width,
    height,
    transcodingMethod,
    codec,
    keyframe,
    timeBaseNumerator,
    timeBaseDenominator,
    pts,
    dts,
    duration,
    content,
    transformations,
    attributes,
    objects,
    previousKeyframe,
  };
}

function writeVideoFrame(w: Writer, value: VideoFrame): void {
  w.optionalInt64(8, value.previousFrameSeqId, 'previousFrameSeqId');
  w.string(18, value.sourceId, 'sourceId');
  w.string(26, value.uuid, 'uuid');
  w.uint128(32, 40, value.creationTimestampNs, 'creationTimestampNs');
  w.string(50, value.framerate, 'framerate');
  w.int64(56, value.width, 'width');
  w.int64(64, value.height, 'height');
  w.name(72, value.transcodingMethod, videoFrameTranscodingMethodNames, 'transcodingMethod');
  w.optionalString(82, value.codec, 'codec');
  w.optionalBool(88, value.keyframe, 'keyframe');
  w.int32(96, value.timeBaseNumerator, 'timeBaseNumerator');
  w.int32(104, value.timeBaseDenominator, 'timeBaseDenominator');
  w.int64(112, value.pts, 'pts');
  w.optionalInt64(120, value.dts, 'dts');
  w.optionalInt64(128, value.duration, 'duration');
  try {
    const member = value.content;
    requireObject(member);
    switch (member.kind) {
      case 'internal':
        w.blob(138, member.data, 'data');
        break;
      case 'external': {
        const start = w.open(146);
        writeExternalContent(w, member);
        w.close(start);
        break;
      }
      case 'none': {
        const start = w.open(154);
        writeNoContent(w, member);
        w.close(start);
        break;
      }
      default:
        throw wrongKind(member, 'internal', 'external', 'none');
    }
  } catch (error) {
    throw within(error, 'content');
  }
  requireArray(value.transformations, 'transformations');
  for (let i = 0; i < value.transformations.length; i++) {
    try {
      const item = value.transformations[i]!;
      requireObject(item);
      const start = w.open(186);
      writeTransformation(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `transformations[${i}]`);
    }
  }
  requireArray(value.attributes, 'attributes');
  for (let i = 0; i < value.attributes.length; i++) {
    try {
      const item = value.attributes[i]!;
      requireObject(item);
      if (item.isPersistent) {
        const start = w.open(194);
        writeAttribute(w, item);
        w.close(start);
      }
    } catch (error) {
      throw within(error, `attributes[${i}]`);
    }
  }
  requireArray(value.objects, 'objects');
  for (let i = 0; i < value.objects.length; i++) {
    try {
      const item = value.objects[i]!;
      requireObject(item);
      const start = w.open(202);
      writeVideoObject(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `objects[${i}]`);
    }
  }
  w.optionalString(210, value.previousKeyframe, 'previousKeyframe');
  checkFrame(value);
}

function readExternalContent(r: Reader, end: number): ExternalContent {
  let method = '';
  let location: string | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        method = r.string();
        break;
      case 18:
        location = r.string();
        break;
      default:
        r.skip(next, 0x6, 'ExternalContent');
    }
  }
  r.leave(end);
  return { kind: 'external', method, location };
}

function writeExternalContent(w: Writer, value: ExternalContent): void {
  w.string(10, value.method, 'method');
  w.optionalString(18, value.location, 'location');
}

function readNoContent(r: Reader, end: number): NoContent {
  while (r.pos < end) {
    const next = r.tag();
    r.skip(next, 0, 'NoContent');
  }
  r.leave(end);
  return { kind: 'none' };
}

function writeNoContent(_w: Writer, _value: NoContent): void {}

function readTransformation(r: Reader, end: number): Transformation {
  let transformation: Transformation | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        transformation = readInitialSize(r, r.enter(end));
        break;
      case 18:
        transformation = readScale(r, r.enter(end));
        break;
      case 26:
        transformation = readPadding(r, r.enter(end));
        break;
      case 34:
        transformation = readResultingSize(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x1e, 'Transformation');
    }
  }
  r.leave(end);
  if (transformation === undefined) throw missing('Transformation');
  return transformation;
}

function writeTransformation(w: Writer, value: Transformation): void {
  switch (value.kind) {
    case 'initialSize': {
      const start = w.open(10);
      writeInitialSize(w, value);
      w.close(start);
      break;
    }
    case 'scale': {
      const start = w.open(18);
      writeScale(w, value);
      w.close(start);
      break;
    }
    case 'padding': {
      const start = w.open(26);
      writePadding(w, value);
      w.close(start);
      break;
    }
    case 'resultingSize': {
      const start = w.open(34);
      writeResultingSize(w, value);
      w.close(start);
      break;
    }
    default:
      throw wrongKind(value, 'initialSize', 'scale', 'padding', 'resultingSize');
  }
}

function readInitialSize(r: Reader, end: number): InitialSize {
  let width = 0n;
  let height = 0n;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        width = r.uint64();
        break;
      case 16:
        height = r.uint64();
        break;
      default:
        r.skip(next, 0x6, 'InitialSize');
    }
  }
  r.leave(end);
  return { kind: 'initialSize', width, height };
}

function writeInitialSize(w: Writer, value: InitialSize): void {
  w.uint64(8, value.width, 'width');
  w.uint64(16, value.height, 'height');
}

function readScale(r: Reader, end: number): Scale {
  let width = 0n;
  let height = 0n;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        width = r.uint64();
        break;
      case 16:
        height = r.uint64();
        break;
      default:
        r.skip(next, 0x6, 'Scale');
    }
  }
  r.leave(end);
  return { kind: 'scale', width, height };
}

function writeScale(w: Writer, value: Scale): void {
  w.uint64(8, value.width, 'width');
  w.uint64(16, value.height, 'height');
}

function readPadding(r: Reader, end: number): Padding {
  let left = 0n;
  let top = 0n;
  let right = 0n;
  let bottom = 0n;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        left = r.uint64();
        break;
      case 16:
        top = r.uint64();
        break;
      case 24:
        right = r.uint64();
        break;
      case 32:
        bottom = r.uint64();
        break;
      default:
        r.skip(next, 0x1e, 'Padding');
    }
  }
  r.leave(end);
  return { kind: 'padding', left, top, right, bottom };
}

function writePadding(w: Writer, value: Padding): void {
  w.uint64(8, value.left, 'left');
  w.uint64(16, value.top, 'top');
  w.uint64(24, value.right, 'right');
  w.uint64(32, value.bottom, 'bottom');
}

function readResultingSize(r: Reader, end: number): ResultingSize {
  let width = 0n;
  let height = 0n;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        width = r.uint64();
        break;
      case 16:
        height = r.uint64();
        break;
      default:
        r.skip(next, 0x6, 'ResultingSize');
    }
  }
  r.leave(end);
  return { kind: 'resultingSize', width, height };
}

function writeResultingSize(w: Writer, value: ResultingSize): void {
  w.uint64(8, value.width, 'width');
  w.uint64(16, value.height, 'height');
}

function readAttribute(r: Reader, end: number): Attribute {
  let namespace = '';
  let name = '';
  const values: AttributeValue[] = [];
  let hint: string | undefined;
  let isPersistent = false;
  let isHidden = false;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        namespace = r.string();
        break;
      case 18:
        name = r.string();
        break;
      case 26:
        values.push(readAttributeValue(r, r.enter(end)));
        break;
      case 34:
        hint = r.string();
        break;
      case 40:
        isPersistent = r.bool();
        break;
      case 48:
        isHidden = r.bool();
        break;
      default:
        r.skip(next, 0x7e, 'Attribute');
    }
  }
  r.leave(end);
  return { namespace, name, values, hint, isPersistent, isHidden };
}

function writeAttribute(w: Writer, value: Attribute): void {
  w.string(10, value.namespace, 'namespace');
  w.string(18, value.name, 'name');
  requireArray(value.values, 'values');
  for (let i = 0; i < value.values.length; i++) {
    try {
      const item = value.values[i]!;
      requireObject(item);
      const start = w.open(26);
      writeAttributeValue(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `values[${i}]`);
    }
  }
  w.optionalString(34, value.hint, 'hint');
  w.bool(40, value.isPersistent, 'isPersistent');
  w.bool(48, value.isHidden, 'isHidden');
}

function readAttributeValue(r: Reader, end: number): AttributeValue {
  let confidence: number | undefined;
  let value: AttributeValue | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 13:
        confidence = r.float();
        break;
      case 18:
        value = readBytesValue(r, r.enter(end));
        break;
      case 26:
        value = readStringValue(r, r.enter(end));
        break;
      case 34:
        value = readStringVectorValue(r, r.enter(end));
        break;
      case 42:
        value = readIntegerValue(r, r.enter(end));
        break;
      case 50:
        value = readIntegerVectorValue(r, r.enter(end));
        break;
      case 58:
        value = readFloatValue(r, r.enter(end));
        break;
      case 66:
        value = readFloatVectorValue(r, r.enter(end));
        break;
      case 74:
        value = readBooleanValue(r, r.enter(end));
        break;
      case 82:
        value = readBooleanVectorValue(r, r.enter(end));
        break;
      case 90:
        value = readBoundingBoxValue(r, r.enter(end));
        break;
      case 98:
        value = readBoundingBoxVectorValue(r, r.enter(end));
        break;
      case 106:
        value = readPointValue(r, r.enter(end));
        break;
      case 114:
        value = readPointVectorValue(r, r.enter(end));
        break;
      case 122:
        value = readPolygonValue(r, r.enter(end));
        break;
      case 130:
        value = readPolygonVectorValue(r, r.enter(end));
        break;
      case 138:
        value = readIntersectionValue(r, r.enter(end));
        break;
      case 146:
        value = readNoneValue(r, r.enter(end));
        break;
      case 154:
        value = readTemporaryValue(r, r.enter(end));
        break;
      default:
        r.skip(next, 0xffffe, 'AttributeValue');
    }
  }
  r.leave(end);
  if (value === undefined) throw missing('AttributeValue');
  if (confidence !== undefined) (value as { confidence: typeof confidence }).confidence = confidence;
  return value;
}

function writeAttributeValue(w: Writer, value: AttributeValue): void {
  w.optionalFloat(13, value.confidence, 'confidence');
  switch (value.kind) {
    case 'bytes': {
      const start = w.open(18);
      writeBytesValue(w, value);
      w.close(start);
      break;
    }
    case 'string': {
      const start = w.open(26);
      writeStringValue(w, value);
      w.close(start);
      break;
    }
    case 'stringVector': {
      const start = w.open(34);
      writeStringVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'integer': {
      const start = w.open(42);
      writeIntegerValue(w, value);
      w.close(start);
      break;
    }
    case 'integerVector': {
      const start = w.open(50);
      writeIntegerVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'float': {
      const start = w.open(58);
      writeFloatValue(w, value);
      w.close(start);
      break;
    }
    case 'floatVector': {
      const start = w.open(66);
      writeFloatVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'boolean': {
      const start = w.open(74);
      writeBooleanValue(w, value);
      w.close(start);
      break;
    }
    case 'booleanVector': {
      const start = w.open(82);
      writeBooleanVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'boundingBox': {
      const start = w.open(90);
      writeBoundingBoxValue(w, value);
      w.close(start);
      break;
    }
    case 'boundingBoxVector': {
      const start = w.open(98);
      writeBoundingBoxVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'point': {
      const start = w.open(106);
      writePointValue(w, value);
      w.close(start);
      break;
    }
    case 'pointVector': {
      const start = w.open(114);
      writePointVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'polygon': {
      const start = w.open(122);
      writePolygonValue(w, value);
      w.close(start);
      break;
    }
    case 'polygonVector': {
      const start = w.open(130);
      writePolygonVectorValue(w, value);
      w.close(start);
      break;
    }
    case 'intersection': {
      const start = w.open(138);
      writeIntersectionValue(w, value);
      w.close(start);
      break;
    }
    case 'none': {
      const start = w.open(146);
      writeNoneValue(w, value);
      w.close(start);
      break;
    }
    case 'temporary': {
      const start = w.open(154);
      writeTemporaryValue(w, value);
      w.close(start);
      break;
    }
    default:
      throw wrongKind(
        value,
        'bytes',
        'string',
        'stringVector',
        'integer',
        'integerVector',
        'float',
        'floatVector',
        'boolean',
        'booleanVector',
        'boundingBox',
        'boundingBoxVector',
        'point',
        'pointVector',
        'polygon',
        'polygonVector',
        'intersection',
        'none',
        'temporary',
      );
  }
}

function readBytesValue(r: Reader, end: number): BytesValue {
  const dims: bigint[] = [];
  let data: Uint8Array = new Uint8Array();
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        r.packedInt64(dims, end);
        break;
      case 8:
        dims.push(r.int64());
        break;
      case 18:
        data = r.bytes();
        break;
      default:
        r.skip(next, 0x6, 'BytesValue');
    }
  }
  r.leave(end);
  return { kind: 'bytes', dims, data, confidence: undefined };
}

function writeBytesValue(w: Writer, value: BytesValue): void {
  w.packedInt64(10, value.dims, 'dims');
  w.bytes(18, value.data, 'data');
}

function readStringValue(r: Reader, end: number): StringValue {
  let value = '';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value = r.string();
        break;
      default:
        r.skip(next, 0x2, 'StringValue');
    }
  }
  r.leave(end);
  return { kind: 'string', value, confidence: undefined };
}

function writeStringValue(w: Writer, value: StringValue): void {
  w.string(10, value.value, 'value');
}

function readStringVectorValue(r: Reader, end: number): StringVectorValue {
  const value: string[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value.push(r.string());
        break;
      default:
        r.skip(next, 0x2, 'StringVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'stringVector', value, confidence: undefined };
}

function writeStringVectorValue(w: Writer, value: StringVectorValue): void {
  w.strings(10, value.value, 'value');
}

function readIntegerValue(r: Reader, end: number): IntegerValue {
  let value = 0n;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        value = r.int64();
        break;
      default:
        r.skip(next, 0x2, 'IntegerValue');
    }
  }
  r.leave(end);
  return { kind: 'integer', value, confidence: undefined };
}

function writeIntegerValue(w: Writer, value: IntegerValue): void {
  w.int64(8, value.value, 'value');
}

function readIntegerVectorValue(r: Reader, end: number): IntegerVectorValue {
  const value: bigint[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        r.packedInt64(value, end);
        break;
      case 8:
        value.push(r.int64());
        break;
      default:
        r.skip(next, 0x2, 'IntegerVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'integerVector', value, confidence: undefined };
}

function writeIntegerVectorValue(w: Writer, value: IntegerVectorValue): void {
  w.packedInt64(10, value.value, 'value');
}

function readFloatValue(r: Reader, end: number): FloatValue {
  let value = 0;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 9:
        value = r.double();
        break;
      default:
        r.skip(next, 0x2, 'FloatValue');
    }
  }
  r.leave(end);
  return { kind: 'float', value, confidence: undefined };
}

function writeFloatValue(w: Writer, value: FloatValue): void {
  w.double(9, value.value, 'value');
}

function readFloatVectorValue(r: Reader, end: number): FloatVectorValue {
  const value: number[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        r.packedDouble(value, end);
        break;
      case 9:
        value.push(r.double());
        break;
      default:
        r.skip(next, 0x2, 'FloatVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'floatVector', value, confidence: undefined };
}

function writeFloatVectorValue(w: Writer, value: FloatVectorValue): void {
  w.packedDouble(10, value.value, 'value');
}

function readBooleanValue(r: Reader, end: number): BooleanValue {
  let value = false;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        value = r.bool();
        break;
      default:
        r.skip(next, 0x2, 'BooleanValue');
    }
  }
  r.leave(end);
  return { kind: 'boolean', value, confidence: undefined };
}

function writeBooleanValue(w: Writer, value: BooleanValue): void {
  w.bool(8, value.value, 'value');
}

function readBooleanVectorValue(r: Reader, end: number): BooleanVectorValue {
  const value: boolean[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        r.packedBool(value, end);
        break;
      case 8:
        value.push(r.bool());
        break;
      default:
        r.skip(next, 0x2, 'BooleanVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'booleanVector', value, confidence: undefined };
}

function writeBooleanVectorValue(w: Writer, value: BooleanVectorValue): void {
  w.packedBool(10, value.value, 'value');
}

function readBoundingBoxValue(r: Reader, end: number): BoundingBoxValue {
  let value: BoundingBox | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value = readBoundingBox(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x2, 'BoundingBoxValue');
    }
  }
  r.leave(end);
  if (value === undefined) throw missing('BoundingBoxValue.value');
  return { kind: 'boundingBox', value, confidence: undefined };
}

function writeBoundingBoxValue(w: Writer, value: BoundingBoxValue): void {
  try {
    requireObject(value.value);
    const start = w.open(10);
    writeBoundingBox(w, value.value);
    w.close(start);
  } catch (error) {
    throw within(error, 'value');
  }
}

function readBoundingBox(r: Reader, end: number): BoundingBox {
  let xc = 0;
  let yc = 0;
  let width = 0;
  let height = 0;
  let angle: number | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 13:
        xc = r.float();
        break;
      case 21:
        yc = r.float();
        break;
      case 29:
        width = r.float();
        break;
      case 37:
        height = r.float();
        break;
      case 45:
        angle = r.angle();
        break;
      default:
        r.skip(next, 0x3e, 'BoundingBox');
    }
  }
  r.leave(end);
  return { xc, yc, width, height, angle };
}

function writeBoundingBox(w: Writer, value: BoundingBox): void {
  w.float(13, value.xc, 'xc');
  w.float(21, value.yc, 'yc');
  w.float(29, value.width, 'width');
  w.float(37, value.height, 'height');
  w.angle(45, value.angle, 'angle');
}

function readBoundingBoxVectorValue(r: Reader, end: number): BoundingBoxVectorValue {
  const value: BoundingBox[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value.push(readBoundingBox(r, r.enter(end)));
        break;
      default:
        r.skip(next, 0x2, 'BoundingBoxVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'boundingBoxVector', value, confidence: undefined };
}

function writeBoundingBoxVectorValue(w: Writer, value: BoundingBoxVectorValue): void {
  requireArray(value.value, 'value');
  for (let i = 0; i < value.value.length; i++) {
    try {
      const item = value.value[i]!;
      requireObject(item);
      const start = w.open(10);
      writeBoundingBox(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `value[${i}]`);
    }
  }
}

function readPointValue(r: Reader, end: number): PointValue {
  let value: Point | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value = readPoint(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x2, 'PointValue');
    }
  }
  r.leave(end);
  if (value === undefined) throw missing('PointValue.value');
  return { kind: 'point', value, confidence: undefined };
}

function writePointValue(w: Writer, value: PointValue): void {
  try {
    requireObject(value.value);
    const start = w.open(10);
    writePoint(w, value.value);
    w.close(start);
  } catch (error) {
    throw within(error, 'value');
  }
}

function readPoint(r: Reader, end: number): Point {
  let x = 0;
  let y = 0;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 13:
        x = r.float();
        break;
      case 21:
        y = r.float();
        break;
      default:
        r.skip(next, 0x6, 'Point');
    }
  }
  r.leave(end);
  return { x, y };
}

function writePoint(w: Writer, value: Point): void {
  w.float(13, value.x, 'x');
  w.float(21, value.y, 'y');
}

function readPointVectorValue(r: Reader, end: number): PointVectorValue {
  const value: Point[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value.push(readPoint(r, r.enter(end)));
        break;
      default:
        r.skip(next, 0x2, 'PointVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'pointVector', value, confidence: undefined };
}

function writePointVectorValue(w: Writer, value: PointVectorValue): void {
  requireArray(value.value, 'value');
  for (let i = 0; i < value.value.length; i++) {
    try {
      const item = value.value[i]!;
      requireObject(item);
      const start = w.open(10);
      writePoint(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `value[${i}]`);
    }
  }
}

function readPolygonValue(r: Reader, end: number): PolygonValue {
  let value: Polygon | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value = readPolygon(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x2, 'PolygonValue');
    }
  }
  r.leave(end);
  if (value === undefined) throw missing('PolygonValue.value');
  return { kind: 'polygon', value, confidence: undefined };
}

function writePolygonValue(w: Writer, value: PolygonValue): void {
  try {
    requireObject(value.value);
    const start = w.open(10);
    writePolygon(w, value.value);
    w.close(start);
  } catch (error) {
    throw within(error, 'value');
  }
}

function readPolygon(r: Reader, end: number): Polygon {
  const points: Point[] = [];
  let tags: (string | undefined)[] | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        points.push(readPoint(r, r.enter(end)));
        break;
      case 18:
        tags = readPolygonalAreaTags(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x6, 'Polygon');
    }
  }
  r.leave(end);
  checkPolygonRead(points, tags);
  return { points, tags };
}

function writePolygon(w: Writer, value: Polygon): void {
  requireArray(value.points, 'points');
  for (let i = 0; i < value.points.length; i++) {
    try {
      const item = value.points[i]!;
      requireObject(item);
      const start = w.open(10);
      writePoint(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `points[${i}]`);
    }
  }
  if (value.tags !== undefined) {
    try {
      requireArray(value.tags, '');
      const start = w.open(18);
      writePolygonalAreaTags(w, value.tags);
      w.close(start);
    } catch (error) {
      throw within(error, 'tags');
    }
  }
  checkPolygon(value);
}

function readPolygonalAreaTags(r: Reader, end: number): (string | undefined)[] {
  const tags: (string | undefined)[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        tags.push(readPolygonalAreaTag(r, r.enter(end)));
        break;
      default:
        r.skip(next, 0x2, 'PolygonalAreaTags');
    }
  }
  r.leave(end);
  return tags;
}

function writePolygonalAreaTags(w: Writer, value: readonly (string | undefined)[]): void {
  requireArray(value, '');
  for (let i = 0; i < value.length; i++) {
    try {
      const item = value[i];
      const start = w.open(10);
      writePolygonalAreaTag(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `[${i}]`);
    }
  }
}

function readPolygonalAreaTag(r: Reader, end: number): string | undefined {
  let tag: string | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        tag = r.string();
        break;
      default:
        r.skip(next, 0x2, 'PolygonalAreaTag');
    }
  }
  r.leave(end);
  return tag;
}

function writePolygonalAreaTag(w: Writer, value: string | undefined): void {
  w.optionalString(10, value, '');
}

function readPolygonVectorValue(r: Reader, end: number): PolygonVectorValue {
  const value: Polygon[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value.push(readPolygon(r, r.enter(end)));
        break;
      default:
        r.skip(next, 0x2, 'PolygonVectorValue');
    }
  }
  r.leave(end);
  return { kind: 'polygonVector', value, confidence: undefined };
}

function writePolygonVectorValue(w: Writer, value: PolygonVectorValue): void {
  requireArray(value.value, 'value');
  for (let i = 0; i < value.value.length; i++) {
    try {
      const item = value.value[i]!;
      requireObject(item);
      const start = w.open(10);
      writePolygon(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `value[${i}]`);
    }
  }
}

function readIntersectionValue(r: Reader, end: number): IntersectionValue {
  let value: Intersection | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        value = readIntersection(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x2, 'IntersectionValue');
    }
  }
  r.leave(end);
  if (value === undefined) throw missing('IntersectionValue.value');
  return { kind: 'intersection', value, confidence: undefined };
}

function writeIntersectionValue(w: Writer, value: IntersectionValue): void {
  try {
    requireObject(value.value);
    const start = w.open(10);
    writeIntersection(w, value.value);
    w.close(start);
  } catch (error) {
    throw within(error, 'value');
  }
}

function readIntersection(r: Reader, end: number): Intersection {
  let kind: IntersectionKind = 'enter';
  const edges: IntersectionEdge[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        kind = r.name(intersectionKindNames, 'Intersection.kind');
        break;
      case 18:
        edges.push(readIntersectionEdge(r, r.enter(end)));
        break;
      default:
        r.skip(next, 0x6, 'Intersection');
    }
  }
  r.leave(end);
  return { kind, edges };
}

function writeIntersection(w: Writer, value: Intersection): void {
  w.name(8, value.kind, intersectionKindNames, 'kind');
  requireArray(value.edges, 'edges');
  for (let i = 0; i < value.edges.length; i++) {
    try {
      const item = value.edges[i]!;
      requireObject(item);
      const start = w.open(18);
      writeIntersectionEdge(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `edges[${i}]`);
    }
  }
}

function readIntersectionEdge(r: Reader, end: number): IntersectionEdge {
  let id = 0n;
  let tag: string | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        id = r.uint64();
        break;
      case 18:
        tag = r.string();
        break;
      default:
        r.skip(next, 0x6, 'IntersectionEdge');
    }
  }
  r.leave(end);
  return { id, tag };
}

function writeIntersectionEdge(w: Writer, value: IntersectionEdge): void {
  w.uint64(8, value.id, 'id');
  w.optionalString(18, value.tag, 'tag');
}

function readNoneValue(r: Reader, end: number): NoneValue {
  while (r.pos < end) {
    const next = r.tag();
    r.skip(next, 0, 'NoneValue');
  }
  r.leave(end);
  return { kind: 'none', confidence: undefined };
}

function writeNoneValue(_w: Writer, _value: NoneValue): void {}

function readTemporaryValue(r: Reader, end: number): TemporaryValue {
  while (r.pos < end) {
    const next = r.tag();
    r.skip(next, 0, 'TemporaryValue');
  }
  r.leave(end);
  return { kind: 'temporary', confidence: undefined };
}

function writeTemporaryValue(_w: Writer, _value: TemporaryValue): void {}

function readVideoObject(r: Reader, end: number): VideoObject {
  let id = 0n;
  let parentId: bigint | undefined;
  let namespace = '';
  let label = '';
  let drawLabel: string | undefined;
  let detectionBox: BoundingBox | undefined;
  const attributes: Attribute[] = [];
  let confidence: number | undefined;
  let trackBox: BoundingBox | undefined;
  let trackId: bigint | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        id = r.int64();
        break;
      case 16:
        parentId = r.int64();
        break;
      case 26:
        namespace = r.string();
        break;
      case 34:
        label = r.string();
        break;
      case 42:
        drawLabel = r.string();
        break;
      case 50:
        detectionBox = readBoundingBox(r, r.enter(end));
        break;
      case 58: {
        const item = readAttribute(r, r.enter(end));
        if (r.keepTemporary || item.isPersistent) attributes.push(item);
        break;
      }
      case 69:
        confidence = r.float();
        break;
      case 74:
        trackBox = readBoundingBox(r, r.enter(end));
        break;
      case 80:
        trackId = r.int64();
        break;
      default:
        r.skip(next, 0x7fe, 'VideoObject');
    }
  }
  r.leave(end);
  if (detectionBox === undefined) throw missing('VideoObject.detectionBox');
  return { id, parentId, namespace, label, drawLabel, detectionBox, attributes, confidence, trackBox, trackId };
}

function writeVideoObject(w: Writer, value: VideoObject): void {
  w.int64(8, value.id, 'id');
  w.optionalInt64(16, value.parentId, 'parentId');
  w.string(26, value.namespace, 'namespace');
  w.string(34, value.label, 'label');
  w.optionalString(42, value.drawLabel, 'drawLabel');
  try {
    requireObject(value.detectionBox);
    const start = w.open(50);
    writeBoundingBox(w, value.detectionBox);
    w.close(start);
  } catch (error) {
    throw within(error, 'detectionBox');
  }
  requireArray(value.attributes, 'attributes');
  for (let i = 0; i < value.attributes.length; i++) {
    try {
      const item = value.attributes[i]!;
      requireObject(item);
      if (!item.isHidden) {
        const start = w.open(58);
        writeAttribute(w, item);
        w.close(start);
      }
    } catch (error) {
      throw within(error, `attributes[${i}]`);
    }
  }
  w.optionalFloat(69, value.confidence, 'confidence');
  if (value.trackBox !== undefined) {
    try {
      requireObject(value.trackBox);
      const start = w.open(74);
      writeBoundingBox(w, value.trackBox);
      w.close(start);
    } catch (error) {
      throw within(error, 'trackBox');
    }
  }
  w.optionalInt64(80, value.trackId, 'trackId');
}

function readVideoFrameBatch(r: Reader, end: number): VideoFrameBatch {
  const frames = new Map<bigint, VideoFrame>();
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        readVideoFrameBatchFrames(r, r.enter(end), frames);
        break;
      default:
        r.skip(next, 0x2, 'VideoFrameBatch');
    }
  }
  r.leave(end);
  return { kind: 'videoFrameBatch', frames };
}

function readVideoFrameBatchFrames(r: Reader, end: number, into: Map<bigint, VideoFrame>): void {
  let key = 0n;
  let value: VideoFrame | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        key = r.int64();
        break;
      case 18:
        value = readVideoFrame(r, r.enter(end));
        break;
      default:
        r.skip(next, 6, 'VideoFrameBatchFrames');
    }
  }
  r.leave(end);
  if (value === undefined) throw missing('VideoFrameBatch.frames');
  into.set(key, value);
}

function writeVideoFrameBatch(w: Writer, value: VideoFrameBatch): void {
  requireMap(value.frames, 'frames');
  for (const [key, item] of value.frames) {
    try {
      requireObject(item);
      const start = w.open(10);
      w.int64(8, key, '');
      const inner = w.open(18);
      writeVideoFrame(w, item);
      w.close(inner);
      w.close(start);
    } catch (error) {
      throw within(error, `frames[${key}]`);
    }
  }
}

function readVideoFrameUpdate(r: Reader, end: number): VideoFrameUpdate {
  const frameAttributes: Attribute[] = [];
  const objectAttributes: ObjectAttribute[] = [];
  const objects: ForeignObject[] = [];
  let frameAttributePolicy: AttributeUpdatePolicy = 'replaceWithForeign';
  let objectAttributePolicy: AttributeUpdatePolicy = 'replaceWithForeign';
  let objectPolicy: ObjectUpdatePolicy = 'addForeignObjects';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        frameAttributes.push(readAttribute(r, r.enter(end)));
        break;
      case 18:
        objectAttributes.push(readObjectAttribute(r, r.enter(end)));
        break;
      case 26:
        objects.push(readForeignObject(r, r.enter(end)));
        break;
      case 32:
        frameAttributePolicy = r.name(attributeUpdatePolicyNames, 'VideoFrameUpdate.frameAttributePolicy');
        break;
      case 40:
        objectAttributePolicy = r.name(attributeUpdatePolicyNames, 'VideoFrameUpdate.objectAttributePolicy');
        break;
      case 48:
        objectPolicy = r.name(objectUpdatePolicyNames, 'VideoFrameUpdate.objectPolicy');
        break;
      default:
        r.skip(next, 0x7e, 'VideoFrameUpdate');
    }
  }
  r.leave(end);
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

function writeVideoFrameUpdate(w: Writer, value: VideoFrameUpdate): void {
  requireArray(value.frameAttributes, 'frameAttributes');
  for (let i = 0; i < value.frameAttributes.length; i++) {
    try {
      const item = value.frameAttributes[i]!;
      requireObject(item);
      if (item.isPersistent) {
        const start = w.open(10);
        writeAttribute(w, item);
        w.close(start);
      }
    } catch (error) {
      throw within(error, `frameAttributes[${i}]`);
    }
  }
  requireArray(value.objectAttributes, 'objectAttributes');
  for (let i = 0; i < value.objectAttributes.length; i++) {
    try {
      const item = value.objectAttributes[i]!;
      requireObject(item);
      requireAttribute(item.attribute);
      if (item.attribute.isPersistent) {
        const start = w.open(18);
        writeObjectAttribute(w, item);
        w.close(start);
      }
    } catch (error) {
      throw within(error, `objectAttributes[${i}]`);
    }
  }
  requireArray(value.objects, 'objects');
  for (let i = 0; i < value.objects.length; i++) {
    try {
      const item = value.objects[i]!;
      requireObject(item);
      const start = w.open(26);
      writeForeignObject(w, item);
      w.close(start);
    } catch (error) {
      throw within(error, `objects[${i}]`);
    }
  }
  w.name(32, value.frameAttributePolicy, attributeUpdatePolicyNames, 'frameAttributePolicy');
  w.name(40, value.objectAttributePolicy, attributeUpdatePolicyNames, 'objectAttributePolicy');
  w.name(48, value.objectPolicy, objectUpdatePolicyNames, 'objectPolicy');
}

function readObjectAttribute(r: Reader, end: number): ObjectAttribute {
  let objectId = 0n;
  let attribute: Attribute | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 8:
        objectId = r.int64();
        break;
      case 18:
        attribute = readAttribute(r, r.enter(end));
        break;
      default:
        r.skip(next, 0x6, 'ObjectAttribute');
    }
  }
  r.leave(end);
  if (attribute === undefined) throw missing('ObjectAttribute.attribute');
  return { objectId, attribute };
}

function writeObjectAttribute(w: Writer, value: ObjectAttribute): void {
  w.int64(8, value.objectId, 'objectId');
  try {
    requireObject(value.attribute);
    const start = w.open(18);
    writeAttribute(w, value.attribute);
    w.close(start);
  } catch (error) {
    throw within(error, 'attribute');
  }
}

function readForeignObject(r: Reader, end: number): ForeignObject {
  let object: VideoObject | undefined;
  let parentId: bigint | undefined;
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        object = readVideoObject(r, r.enter(end));
        break;
      case 16:
        parentId = r.int64();
        break;
      default:
        r.skip(next, 0x6, 'ForeignObject');
    }
  }
  r.leave(end);
  if (object === undefined) throw missing('ForeignObject.object');
  return { object, parentId };
}

function writeForeignObject(w: Writer, value: ForeignObject): void {
  try {
    requireObject(value.object);
    const start = w.open(10);
    writeVideoObject(w, value.object);
    w.close(start);
  } catch (error) {
    throw within(error, 'object');
  }
  w.optionalInt64(16, value.parentId, 'parentId');
}

function readUserData(r: Reader, end: number): UserData {
  let sourceId = '';
  const attributes: Attribute[] = [];
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        sourceId = r.string();
        break;
      case 18: {
        const item = readAttribute(r, r.enter(end));
        if (r.keepTemporary || item.isPersistent) attributes.push(item);
        break;
      }
      default:
        r.skip(next, 0x6, 'UserData');
    }
  }
  r.leave(end);
  return { kind: 'userData', sourceId, attributes };
}

function writeUserData(w: Writer, value: UserData): void {
  w.string(10, value.sourceId, 'sourceId');
  requireArray(value.attributes, 'attributes');
  for (let i = 0; i < value.attributes.length; i++) {
    try {
      const item = value.attributes[i]!;
      requireObject(item);
      if (item.isPersistent) {
        const start = w.open(18);
        writeAttribute(w, item);
        w.close(start);
      }
    } catch (error) {
      throw within(error, `attributes[${i}]`);
    }
  }
}

function readEndOfStream(r: Reader, end: number): EndOfStream {
  let sourceId = '';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        sourceId = r.string();
        break;
      default:
        r.skip(next, 0x2, 'EndOfStream');
    }
  }
  r.leave(end);
  return { kind: 'endOfStream', sourceId };
}

function writeEndOfStream(w: Writer, value: EndOfStream): void {
  w.string(10, value.sourceId, 'sourceId');
}

function readUnknown(r: Reader, end: number): Unknown {
  let message = '';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        message = r.string();
        break;
      default:
        r.skip(next, 0x2, 'Unknown');
    }
  }
  r.leave(end);
  return { kind: 'unknown', message };
}

function writeUnknown(w: Writer, value: Unknown): void {
  w.string(10, value.message, 'message');
}

function readShutdown(r: Reader, end: number): Shutdown {
  let auth = '';
  while (r.pos < end) {
    const next = r.tag();
    switch (next) {
      case 10:
        auth = r.string();
        break;
      default:
        r.skip(next, 0x2, 'Shutdown');
    }
  }
  r.leave(end);
  return { kind: 'shutdown', auth };
}

function writeShutdown(w: Writer, value: Shutdown): void {
  w.string(10, value.auth, 'auth');
}
