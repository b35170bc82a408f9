import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute } from '../../../src/savant/messages/attribute.js';
import { decodeMessage } from '../../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../../src/savant/messages/encodeMessage.js';
import { endOfStream } from '../../../src/savant/messages/endOfStream.js';
import { message } from '../../../src/savant/messages/message.js';
import { MessageError } from '../../../src/savant/schema/MessageError.js';
import type { Attribute, AttributeValue } from '../../../src/savant/schema/attributes.js';
import type { VideoFrame, VideoFrameBatch } from '../../../src/savant/schema/types.js';
import { userData } from '../../../src/savant/messages/userData.js';
import { videoFrame } from '../../../src/savant/messages/videoFrame.js';
import { videoFrameBatch } from '../../../src/savant/messages/videoFrameBatch.js';
import { videoFrameUpdate } from '../../../src/savant/messages/videoFrameUpdate.js';
import { videoObject } from '../../../src/savant/messages/videoObject.js';
import { thrownBy } from '../../frame/arbitraries.js';
import { attributeValue } from './arbitraries.js';
import { official } from './official.js';

const box = { xc: 1, yc: 2, width: 3, height: 4 };
const frame = videoFrame({ sourceId: 'cam-1', framerate: '30/1', width: 1280, height: 720 });
const car = videoObject({ id: 1, namespace: 'n', label: 'car', detectionBox: box });
const lamp = attribute({ namespace: 'n', name: 'lamp' });

/** Sends what the types forbid. */
const send = (payload: any, options?: any) => encodeMessage({ ...message(endOfStream('s')), payload, ...options });
const sendValue = (value: any) => send(userData('s', [{ ...lamp, values: [value] }]));
const valueAt = 'payload.attributes[0].values[0]';

function refused(action: () => unknown): [path: string, message: string] {
  const error = thrownBy(action);
  expect(error).toBeInstanceOf(MessageError);
  expect(error).toMatchObject({ code: 'ERR_MESSAGE', name: 'MessageError' });
  return [error['path'] as string, error.message];
}

describe('a message that its peer would fail on is refused, with the field in the text', () => {
  const refusals: [action: () => unknown, path: string, reason: string][] = [
    [() => encodeMessage(undefined as any), '', 'a message must be an object, not undefined'],
    [() => encodeMessage({} as any), 'protocolVersion', 'must be a string, not undefined'],
    [() => send(undefined), 'payload', 'must be an object, not undefined'],
    [
      () => send({ kind: 'frame' }),
      'payload.kind',
      "must be 'videoFrame' or 'videoFrameBatch' or 'videoFrameUpdate' or 'userData' or 'endOfStream' or 'unknown' or 'shutdown', not 'frame'",
    ],
    [() => send({ kind: 'endOfStream' }), 'payload.sourceId', 'must be a string, not undefined'],
    [() => send(endOfStream('s'), { seqId: 1 }), 'seqId', 'must be a bigint, not 1'],
    [
      () => send(endOfStream('s'), { seqId: 2n ** 64n }),
      'seqId',
      'must be a bigint from 0n to 2n ** 64n - 1n, not 18446744073709551616n',
    ],
    [() => send(endOfStream('s'), { seqId: -1n }), 'seqId', 'must be a bigint from 0n to 2n ** 64n - 1n, not -1n'],
    [() => send(endOfStream('s'), { routingLabels: 'a' }), 'routingLabels', "must be an array, not 'a'"],
    [() => send(endOfStream('s'), { routingLabels: ['a', 1] }), 'routingLabels[1]', 'must be a string, not 1'],
    [
      () => send(endOfStream('s'), { propagatedContext: undefined }),
      'propagatedContext',
      'must be an object, not undefined',
    ],
    [
      () => send(endOfStream('s'), { propagatedContext: { a: 1 } }),
      "propagatedContext['a']",
      'must be a string, not 1',
    ],
    [
      () => send(endOfStream('\ud800')),
      'payload.sourceId',
      "must be a string without half a surrogate pair, not '\ud800'",
    ],
    [
      () => send(endOfStream(`${'x'.repeat(90)}\udc00`)),
      'payload.sourceId',
      `must be a string without half a surrogate pair, not '${'x'.repeat(77)}...'`,
    ],
    [() => send({ ...frame, uuid: '' }), 'payload.uuid', "must be a UUID, not ''"],
    [() => send({ ...frame, previousKeyframe: 'x' }), 'payload.previousKeyframe', "must be a UUID, not 'x'"],
    [() => send({ ...frame, content: undefined }), 'payload.content', 'must be an object, not undefined'],
    [
      () => send({ ...frame, content: { kind: 'file' } }),
      'payload.content.kind',
      "must be 'internal' or 'external' or 'none', not 'file'",
    ],
    [
      () => send({ ...frame, content: { kind: 'internal' } }),
      'payload.content.data',
      'must be a Uint8Array, not undefined',
    ],
    [
      () => send({ ...frame, content: { kind: 'internal', data: [1] } }),
      'payload.content.data',
      'must be a Uint8Array, not an array of 1',
    ],
    [
      () => send({ ...frame, transcodingMethod: 'COPY' }),
      'payload.transcodingMethod',
      "must be 'copy' or 'encoded', not 'COPY'",
    ],
    [
      () => send({ ...frame, width: 1280 }),
      'payload.width',
      'must be a bigint from -(2n ** 63n) to 2n ** 63n - 1n, not 1280',
    ],
    [
      () => send({ ...frame, pts: 2n ** 63n }),
      'payload.pts',
      'must be a bigint from -(2n ** 63n) to 2n ** 63n - 1n, not 9223372036854775808n',
    ],
    [
      () => send({ ...frame, timeBaseNumerator: 2 ** 31 }),
      'payload.timeBaseNumerator',
      'must be an integer of 32 bits, not 2147483648',
    ],
    [() => send({ ...frame, keyframe: 1 }), 'payload.keyframe', 'must be a boolean, not 1'],
    [
      () => send({ ...frame, creationTimestampNs: -1n }),
      'payload.creationTimestampNs',
      'must be a bigint from 0n to 2n ** 128n - 1n, not -1n',
    ],
    [
      () => send({ ...frame, creationTimestampNs: 2n ** 128n }),
      'payload.creationTimestampNs',
      `must be a bigint from 0n to 2n ** 128n - 1n, not ${2n ** 128n}n`,
    ],
    [
      () => send({ ...frame, creationTimestampNs: 1 }),
      'payload.creationTimestampNs',
      'must be a bigint from 0n to 2n ** 128n - 1n, not 1',
    ],
    [
      () => send({ ...frame, transformations: [{}] }),
      'payload.transformations[0].kind',
      "must be 'initialSize' or 'scale' or 'padding' or 'resultingSize', not undefined",
    ],
    [
      () => send({ ...frame, transformations: [{ kind: 'scale', width: 1n }] }),
      'payload.transformations[0].height',
      'must be a bigint, not undefined',
    ],
    [() => send({ ...frame, attributes: undefined }), 'payload.attributes', 'must be an array, not undefined'],
    [() => send({ ...frame, attributes: [lamp, null] }), 'payload.attributes[1]', 'must be an object, not null'],
    [
      () => send({ ...frame, objects: [car, { ...car, detectionBox: undefined }] }),
      'payload.objects[1].detectionBox',
      'must be an object, not undefined',
    ],
    [
      () => send({ ...frame, objects: [{ ...car, trackBox: { ...box, xc: '1' } }] }),
      'payload.objects[0].trackBox.xc',
      "must be a number, not '1'",
    ],
    [
      () => send({ ...frame, objects: [{ ...car, detectionBox: { ...box, angle: '1' } }] }),
      'payload.objects[0].detectionBox.angle',
      "must be a number, not '1'",
    ],
    [
      () => send({ ...frame, objects: [car, { ...car, id: 2n, parentId: 3n }] }),
      'payload.objects[1].parentId',
      'must be the id of an object of the same frame, not 3n',
    ],
    [() => send({ ...videoFrameBatch(), frames: {} }), 'payload.frames', 'must be a Map, not an Object'],
    [() => send(videoFrameBatch([[1, { ...frame, uuid: 'x' }]])), 'payload.frames[1].uuid', "must be a UUID, not 'x'"],
    [() => send(videoFrameBatch([[1, undefined as any]])), 'payload.frames[1]', 'must be an object, not undefined'],
    [
      () => send({ ...videoFrameBatch(), frames: new Map([['a', frame]]) }),
      'payload.frames[a]',
      "must be a bigint from -(2n ** 63n) to 2n ** 63n - 1n, not 'a'",
    ],
    [
      () => send({ ...videoFrameUpdate(), objectPolicy: 'error' }),
      'payload.objectPolicy',
      "must be 'addForeignObjects' or 'errorIfLabelsCollide' or 'replaceSameLabelObjects', not 'error'",
    ],
    [
      () => send(videoFrameUpdate({ objectAttributes: [{ objectId: 1n } as any] })),
      'payload.objectAttributes[0].attribute',
      'must be an object, not undefined',
    ],
    [
      () => send(videoFrameUpdate({ objects: [{} as any] })),
      'payload.objects[0].object',
      'must be an object, not undefined',
    ],
    [
      () => sendValue({}),
      `${valueAt}.kind`,
      "must be 'bytes' or 'string' or 'stringVector' or 'integer' or 'integerVector' or 'float' or 'floatVector' or 'boolean' or 'booleanVector' or 'boundingBox' or 'boundingBoxVector' or 'point' or 'pointVector' or 'polygon' or 'polygonVector' or 'intersection' or 'none' or 'temporary', not undefined",
    ],
    [() => sendValue(undefined), valueAt, 'must be an object, not undefined'],
    [() => sendValue({ kind: 'none', confidence: '1' }), `${valueAt}.confidence`, "must be a number, not '1'"],
    [() => sendValue({ kind: 'bytes', dims: [], data: 'x' }), `${valueAt}.data`, "must be a Uint8Array, not 'x'"],
    [
      () => sendValue({ kind: 'bytes', dims: [1], data: new Uint8Array(1) }),
      `${valueAt}.dims[0]`,
      'must be a bigint from -(2n ** 63n) to 2n ** 63n - 1n, not 1',
    ],
    [() => sendValue({ kind: 'string', value: 1 }), `${valueAt}.value`, 'must be a string, not 1'],
    [
      () => sendValue({ kind: 'stringVector', value: ['a', '\udfff'] }),
      `${valueAt}.value[1]`,
      "must be a string without half a surrogate pair, not '\udfff'",
    ],
    [
      () => sendValue({ kind: 'integer', value: 1 }),
      `${valueAt}.value`,
      'must be a bigint from -(2n ** 63n) to 2n ** 63n - 1n, not 1',
    ],
    [
      () => sendValue({ kind: 'integerVector', value: [0n, -(2n ** 63n) - 1n] }),
      `${valueAt}.value[1]`,
      'must be a bigint from -(2n ** 63n) to 2n ** 63n - 1n, not -9223372036854775809n',
    ],
    [() => sendValue({ kind: 'float', value: 1n }), `${valueAt}.value`, 'must be a number, not 1n'],
    [() => sendValue({ kind: 'floatVector', value: [0, '1'] }), `${valueAt}.value[1]`, "must be a number, not '1'"],
    [() => sendValue({ kind: 'boolean' }), `${valueAt}.value`, 'must be a boolean, not undefined'],
    [() => sendValue({ kind: 'booleanVector', value: [1] }), `${valueAt}.value[0]`, 'must be a boolean, not 1'],
    [() => sendValue({ kind: 'boundingBox' }), `${valueAt}.value`, 'must be an object, not undefined'],
    [
      () => sendValue({ kind: 'boundingBoxVector', value: [box, {}] }),
      `${valueAt}.value[1].xc`,
      'must be a number, not undefined',
    ],
    [() => sendValue({ kind: 'point' }), `${valueAt}.value`, 'must be an object, not undefined'],
    [() => sendValue({ kind: 'polygon' }), `${valueAt}.value`, 'must be an object, not undefined'],
    [
      () => sendValue({ kind: 'polygon', value: { points: [{ x: 1, y: 1 }], tags: [] } }),
      `${valueAt}.value.tags`,
      'must be an array of 1, one for each point, not an array of 0',
    ],
    [
      () => sendValue({ kind: 'polygonVector', value: [{ points: [{ x: 1, y: 1 }], tags: [1] }] }),
      `${valueAt}.value[0].tags[0]`,
      'must be a string, not 1',
    ],
    [() => sendValue({ kind: 'intersection' }), `${valueAt}.value`, 'must be an object, not undefined'],
    [
      () => sendValue({ kind: 'intersection', value: { kind: 'on', edges: [] } }),
      `${valueAt}.value.kind`,
      "must be 'enter' or 'inside' or 'leave' or 'cross' or 'outside', not 'on'",
    ],
    [
      () => sendValue({ kind: 'intersection', value: { kind: 'enter', edges: [{ id: 0n, tag: 1 }] } }),
      `${valueAt}.value.edges[0].tag`,
      'must be a string, not 1',
    ],
  ];

  it.each(refusals.map(([action, path, reason]) => [path, reason, action] as const))(
    '%s %s',
    (path, reason, action) => {
      expect(refused(action)).toEqual([path, path === '' ? reason : `${path} ${reason}`]);
    },
  );

  it('whatever went wrong, the next message is whole', () => {
    expect(() => send({ ...frame, uuid: 'x' })).toThrow(MessageError);

    expect(decodeMessage(encodeMessage(message(frame))).payload).toEqual(frame);
  });

  it('an error of a getter passes as it is', () => {
    const broken = new Error('mine');
    const fails = {
      kind: 'endOfStream',
      get sourceId(): string {
        throw broken;
      },
    };

    expect(thrownBy(() => send(fails))).toBe(broken);
  });

  it('a getter may encode another message', () => {
    const inner = message(endOfStream('inner'));
    let written: Uint8Array | undefined;
    const outer = encodeMessage({
      ...message(endOfStream('outer')),
      get payload() {
        written ??= encodeMessage(inner);
        return endOfStream('outer');
      },
    });

    expect(decodeMessage(written!)).toEqual(inner);
    expect(decodeMessage(outer)).toEqual(message(endOfStream('outer')));
  });
});

describe('what stays behind', () => {
  const all: Attribute[] = [true, false].flatMap((isPersistent) =>
    [true, false].map((isHidden) => ({ ...lamp, name: `${isPersistent} ${isHidden}`, isPersistent, isHidden })),
  );
  const namesOf = (attributes: readonly Attribute[]) => attributes.map(({ name }) => name);
  const sent = (payload: any): any => decodeMessage(send(payload), { keepTemporary: true }).payload;

  it('of frames, updates and user data: what is not persistent', () => {
    const persistent = ['true true', 'true false'];
    expect(namesOf(sent({ ...frame, attributes: all }).attributes)).toEqual(persistent);
    expect(namesOf(sent(userData('s', all)).attributes)).toEqual(persistent);
    const update = videoFrameUpdate({
      frameAttributes: all,
      objectAttributes: all.map((one, index) => ({ objectId: BigInt(index), attribute: one })),
    });
    expect(namesOf(sent(update).frameAttributes)).toEqual(persistent);
    expect(sent(update).objectAttributes.map(({ objectId }: { objectId: bigint }) => objectId)).toEqual([0n, 1n]);
  });

  it('of objects: what is hidden; and their reader drops what is not persistent', () => {
    const objects = [{ ...car, attributes: all }];
    expect(namesOf(sent({ ...frame, objects }).objects[0].attributes)).toEqual(['true false', 'false false']);
    const { payload } = decodeMessage(send({ ...frame, objects }));
    expect(namesOf((payload as VideoFrame).objects[0]!.attributes)).toEqual(['true false']);
    const foreign = sent(videoFrameUpdate({ objects: [{ object: objects[0]! }] })).objects[0].object;
    expect(namesOf(foreign.attributes)).toEqual(['true false', 'false false']);
  });

  it('is not looked at', () => {
    const wrong = { ...lamp, values: [{ kind: 'wrong' } as any], isPersistent: false };

    expect(sent(userData('s', [wrong])).attributes).toEqual([]);
  });

  it('an angle that means none', () => {
    const angled = { ...car, detectionBox: { ...box, angle: 3.4028234663852886e38 } };

    expect(send({ ...frame, objects: [angled] })).toEqual(send({ ...frame, objects: [car] }));
  });
});

describe('what is written', () => {
  const value = (one: AttributeValue): any => {
    const { payload } = decodeMessage(sendValue(one));
    return (payload as any).attributes[0].values[0].value;
  };

  it('keeps every float', () => {
    for (const number of [0, -0, NaN, Infinity, -Infinity, 5e-324, 1.7976931348623157e308, 0.1]) {
      expect(value({ kind: 'float', value: number })).toBe(number);
      expect(value({ kind: 'floatVector', value: [number, number] })).toEqual([number, number]);
    }
    for (const number of [0, -0, NaN, Infinity, 1.401298464324817e-45, -3.4028234663852886e38]) {
      expect(value({ kind: 'point', value: { x: number, y: 1 } })).toEqual({ x: number, y: 1 });
    }
    expect(value({ kind: 'point', value: { x: 0.1, y: 1e-60 } })).toEqual({ x: Math.fround(0.1), y: 0 });
  });

  it('keeps every integer', () => {
    const edges = [0n, 1n, 127n, 128n, 2n ** 31n, 2n ** 32n - 1n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 63n - 1n];
    const both = [...edges, ...edges.map((number) => -number), -(2n ** 63n)];
    expect(value({ kind: 'integerVector', value: both })).toEqual(both);
    expect(both.map((number) => value({ kind: 'integer', value: number }))).toEqual(both);
    for (const seqId of [...edges, 2n ** 63n, 2n ** 64n - 1n]) {
      expect(decodeMessage(send(endOfStream('s'), { seqId })).seqId).toBe(seqId);
    }
    for (const creationTimestampNs of [...edges, 2n ** 64n, 2n ** 64n + 1n, 2n ** 128n - 1n]) {
      expect(decodeMessage(send({ ...frame, creationTimestampNs })).payload).toMatchObject({ creationTimestampNs });
    }
  });

  it.each([127, 128, 16_000, 16_383, 16_384, 3_000_000])(
    'keeps a picture of %d bytes, and small ones after it',
    (size) => {
      const data = new Uint8Array(size).map((_, index) => index % 251);
      const large: VideoFrame = { ...frame, content: { kind: 'internal', data } };
      const pictureOf = (decoded: unknown) => (decoded as { content: { data: Uint8Array } }).content.data;
      const same = (decoded: unknown) => Buffer.compare(pictureOf(decoded), data) === 0; // toEqual takes minutes here

      expect(same(decodeMessage(send(large)).payload)).toBe(true);
      expect(decodeMessage(send(frame)).payload).toEqual(frame);
      const frames: [number, VideoFrame][] = [
        [1, large],
        [2, frame],
        [3, large],
      ];
      const batch = decodeMessage(send(videoFrameBatch(frames))).payload as VideoFrameBatch;
      expect([1n, 3n].map((key) => same(batch.frames.get(key)))).toEqual([true, true]);
      expect(batch.frames.get(2n)).toEqual(frame);
    },
  );

  it('keeps texts of any length', () => {
    for (const length of [0, 1, 20, 42, 43, 64, 65, 127, 128, 5000, 20_000]) {
      for (const letter of ['x', 'é', '☃', '𝄞']) {
        const text = letter.repeat(length);
        expect(decodeMessage(send(endOfStream(text))).payload).toEqual(endOfStream(text));
      }
    }
  });

  it('says what its overrides say', () => {
    const made = message(endOfStream('s'), { seqId: 3, systemId: 'a' });
    const bytes = encodeMessage(made, { seqId: 9n, systemId: 'b', protocolVersion: '1.0.0' });

    expect(decodeMessage(bytes)).toEqual({ ...made, seqId: 9n, systemId: 'b', protocolVersion: '1.0.0' });
    expect(decodeMessage(encodeMessage(made, {}))).toEqual(made);
    expect(refused(() => encodeMessage(made, { seqId: 1 as any }))).toEqual(['seqId', 'seqId must be a bigint, not 1']);
  });

  it('is memory of its own', () => {
    const first = encodeMessage(message(endOfStream('first')));
    const copy = first.slice();
    encodeMessage(message(endOfStream('second')));

    expect(first).toEqual(copy);
    expect(first.buffer.byteLength).toBe(first.length);
  });

  it('is what another library reads, for each kind of value', () => {
    fc.assert(
      fc.property(attributeValue, (one) => {
        const { user_data } = official.toObject(official.decode(sendValue(one))) as any;
        const [name] = Object.keys(user_data.attributes[0].values[0]).filter((key) => key !== 'confidence');

        expect(name!.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())).toBe(one.kind);
      }),
    );
  });
});
