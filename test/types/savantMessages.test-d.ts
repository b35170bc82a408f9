import { describe, expectTypeOf, it } from 'vitest';
import { attribute } from '../../src/savant/messages/attribute.js';
import { decodeMessage } from '../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../src/savant/messages/encodeMessage.js';
import { endOfStream } from '../../src/savant/messages/endOfStream.js';
import { message } from '../../src/savant/messages/message.js';
import type { AttributeValue, BoundingBox, Intersection, Polygon } from '../../src/savant/schema/attributes.js';
import type {
  EndOfStream,
  Message,
  Payload,
  PayloadKind,
  VideoFrame,
  VideoFrameBatch,
  VideoFrameUpdate,
  VideoObject,
} from '../../src/savant/schema/types.js';
import { userData } from '../../src/savant/messages/userData.js';
import { videoFrame } from '../../src/savant/messages/videoFrame.js';
import { videoFrameBatch } from '../../src/savant/messages/videoFrameBatch.js';
import { videoFrameUpdate } from '../../src/savant/messages/videoFrameUpdate.js';
import { videoObject } from '../../src/savant/messages/videoObject.js';

declare const bytes: Uint8Array;
declare const payload: Payload;
declare const value: AttributeValue;
declare const box: BoundingBox;
const basics = { sourceId: 's', framerate: '30/1', width: 1280, height: 720n } as const;

describe('messages', () => {
  it('are told apart by kind', () => {
    expectTypeOf<PayloadKind>().toEqualTypeOf<
      'videoFrame' | 'videoFrameBatch' | 'videoFrameUpdate' | 'userData' | 'endOfStream' | 'unknown' | 'shutdown'
    >();
    if (payload.kind === 'videoFrame') {
      expectTypeOf(payload).toEqualTypeOf<VideoFrame>();
      expectTypeOf(payload.pts).toEqualTypeOf<bigint>();
      expectTypeOf(payload.objects[0]).toEqualTypeOf<VideoObject | undefined>();
      if (payload.content.kind === 'internal') expectTypeOf(payload.content.data).toEqualTypeOf<Uint8Array>();
      if (payload.content.kind === 'external') expectTypeOf(payload.content.method).toEqualTypeOf<string>();
    }
    if (payload.kind === 'videoFrameBatch') {
      expectTypeOf(payload.frames).toEqualTypeOf<ReadonlyMap<bigint, VideoFrame>>();
    }
    if (payload.kind === 'endOfStream') expectTypeOf(payload).toEqualTypeOf<EndOfStream>();
    // @ts-expect-error -- not all have it
    void payload.sourceId;
  });

  it('have values of 18 kinds', () => {
    switch (value.kind) {
      case 'integer':
        expectTypeOf(value.value).toEqualTypeOf<bigint>();
        break;
      case 'integerVector':
        expectTypeOf(value.value).toEqualTypeOf<readonly bigint[]>();
        break;
      case 'float':
        expectTypeOf(value.value).toEqualTypeOf<number>();
        break;
      case 'polygon':
        expectTypeOf(value.value).toEqualTypeOf<Polygon>();
        break;
      case 'intersection':
        expectTypeOf(value.value).toEqualTypeOf<Intersection>();
        break;
      case 'bytes':
        expectTypeOf(value.dims).toEqualTypeOf<readonly bigint[]>();
        expectTypeOf(value.data).toEqualTypeOf<Uint8Array>();
        break;
      case 'temporary':
        // @ts-expect-error -- its sender keeps it
        void value.value;
        break;
      default:
        expectTypeOf(value.kind).toEqualTypeOf<
          | 'string'
          | 'stringVector'
          | 'floatVector'
          | 'boolean'
          | 'booleanVector'
          | 'boundingBox'
          | 'boundingBoxVector'
          | 'point'
          | 'pointVector'
          | 'polygonVector'
          | 'none'
        >();
    }
    expectTypeOf(value.confidence).toEqualTypeOf<number | undefined>();
  });

  it('are only read', () => {
    const decoded = decodeMessage(bytes);
    expectTypeOf(decoded).toEqualTypeOf<Message>();
    // @ts-expect-error -- a copy can be otherwise: { ...decoded, seqId: 1n }
    decoded.seqId = 1n;
    // @ts-expect-error -- nor its lists
    decoded.routingLabels.push('a');
  });
});

describe('constructors', () => {
  it('give what they are named after', () => {
    expectTypeOf(videoFrame(basics)).toEqualTypeOf<VideoFrame>();
    expectTypeOf(videoFrameBatch([[1, videoFrame(basics)]])).toEqualTypeOf<VideoFrameBatch>();
    expectTypeOf(videoFrameUpdate()).toEqualTypeOf<VideoFrameUpdate>();
    expectTypeOf(videoObject({ id: 1, namespace: 'n', label: 'l', detectionBox: box })).toEqualTypeOf<VideoObject>();
    expectTypeOf(message(endOfStream('s'), { seqId: 1, routingLabels: ['a'] })).toEqualTypeOf<Message>();
    expectTypeOf(encodeMessage(message(userData('s')), { seqId: 1n })).toEqualTypeOf<Uint8Array>();
  });

  it('know what they need', () => {
    // @ts-expect-error -- of which source?
    videoFrame({ framerate: '30/1', width: 1, height: 1 });
    // @ts-expect-error -- no such option
    videoFrame({ ...basics, frame: 1 });
    // @ts-expect-error -- no such word
    videoFrame({ ...basics, transcodingMethod: 'COPY' });
    // @ts-expect-error -- where is it?
    videoObject({ id: 1, namespace: 'n', label: 'l' });
    // @ts-expect-error -- integers are bigints
    attribute({ namespace: 'n', name: 'a', values: [{ kind: 'integer', value: 1 }] });
    // @ts-expect-error -- an object is no payload
    message(videoObject({ id: 1, namespace: 'n', label: 'l', detectionBox: box }));
  });
});
