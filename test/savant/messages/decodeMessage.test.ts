import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../../src/savant/messages/encodeMessage.js';
import { MessageError } from '../../../src/savant/schema/MessageError.js';
import type { UserData, VideoFrame } from '../../../src/savant/schema/types.js';
import { thrownBy } from '../../frame/arbitraries.js';
import { capturedAs } from './fixtures.js';
import { bytesOf, official } from './official.js';

const uuid = '018f0000-0000-7000-8000-000000000001';
const box = { xc: 1, yc: 2, width: 3, height: 4 };
const frame = (fields: object) => ({ video_frame: { uuid, none: {}, ...fields } });
const object = (fields: object) => ({ id: 1, detection_box: box, ...fields });
const value = (fields: object) => ({ user_data: { attributes: [{ is_persistent: true, values: [fields] }] } });
const decode = (fields: Record<string, unknown>) => decodeMessage(bytesOf(fields));

/** Bytes by hand: numbers are bytes, texts are their bytes, what is nested has its length before it. */
type Raw = readonly (number | string | Raw)[];
function raw(parts: Raw): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (typeof part === 'number') return [part];
      if (typeof part === 'string') return [...new TextEncoder().encode(part)];
      const inner = raw(part);
      return inner.length < 128 ? [inner.length, ...inner] : [(inner.length & 127) | 128, inner.length >> 7, ...inner];
    }),
  );
}
/** A whole message, and behind it what is to be looked at. */
const after = (...parts: Raw) => raw([0x4a, [0x0a, ['s']], ...parts]);
const asError = (action: () => unknown) => {
  const error = thrownBy(action);
  expect(error).toBeInstanceOf(MessageError);
  expect(error['code']).toBe('ERR_MESSAGE');
  return error as unknown as MessageError;
};

describe('a field that savant peers cannot do without', () => {
  it.each<[name: string, fields: Record<string, unknown>, path: string]>([
    ['the payload', { seq_id: 1 }, 'Message.payload'],
    ['the content of a frame', { video_frame: { uuid } }, 'VideoFrame.content'],
    ['the box of an object', frame({ objects: [{ id: 1 }] }), 'VideoObject.detectionBox'],
    ['a value', value({ confidence: 0.5 }), 'AttributeValue'],
    ['the data of a box', value({ bounding_box: {} }), 'BoundingBoxValue.value'],
    ['the data of a point', value({ point: {} }), 'PointValue.value'],
    ['the data of a polygon', value({ polygon: {} }), 'PolygonValue.value'],
    ['the data of an intersection', value({ intersection: {} }), 'IntersectionValue.value'],
    ['an attribute', { video_frame_update: { object_attributes: [{ object_id: 1 }] } }, 'ObjectAttribute.attribute'],
    ['an object', { video_frame_update: { objects: [{ parent_id: 1 }] } }, 'ForeignObject.object'],
    ['a transformation', frame({ transformations: [{}] }), 'Transformation'],
  ])('%s', (_, fields, path) => {
    const error = asError(() => decode(fields));

    expect(error.path).toBe(path);
    expect(error.message).toBe(`${path} is missing`);
  });

  it('a frame of a batch', () => {
    expect(asError(() => decodeMessage(raw([0x32, [0x0a, [0x08, 5]]]))).message).toBe(
      'VideoFrameBatch.frames is missing',
    );
  });
});

describe('a value that savant peers do not take', () => {
  it.each<[name: string, fields: Record<string, unknown>, message: RegExp]>([
    ['an empty uuid', frame({ uuid: '' }), /^VideoFrame\.uuid is not a UUID: ''$/],
    ['another text', frame({ uuid: `${uuid}0` }), /^VideoFrame\.uuid is not a UUID/],
    ['hyphens elsewhere', frame({ uuid: uuid.replace('018f0000-', '018f-0000') }), /^VideoFrame\.uuid is not a UUID/],
    ['no keyframe before', frame({ previous_keyframe: 'x' }), /^VideoFrame\.previousKeyframe is not a UUID: 'x'$/],
    [
      'an enum',
      frame({ transcoding_method: 2 }),
      /^VideoFrame\.transcodingMethod at byte \d+ is 2, which has no name$/,
    ],
    ['a negative enum', { video_frame_update: { object_policy: -1 } }, /^VideoFrameUpdate\.objectPolicy .* is -1/],
    ['an intersection', value({ intersection: { data: { kind: 5 } } }), /^Intersection\.kind .* is 5/],
    [
      'a parent elsewhere',
      frame({ objects: [object({}), object({ id: 2, parent_id: 3 })] }),
      /^VideoFrame\.objects: object 2 has parent 3, which is not among them$/,
    ],
    [
      'a parent elsewhere, of many',
      frame({ objects: Array.from({ length: 40 }, (_, id) => object({ id, parent_id: id === 39 ? 40 : 0 })) }),
      /^VideoFrame\.objects: object 39 has parent 40/,
    ],
    [
      'too few tags',
      value({ polygon: { data: { points: [{}, {}], tags: { tags: [{ tag: 'a' }] } } } }),
      /^Polygon\.tags are 1, but there are 2 points$/,
    ],
    [
      'no tags',
      value({ polygon: { data: { points: [{}], tags: {} } } }),
      /^Polygon\.tags are 0, but there are 1 points$/,
    ],
  ])('%s', (_, fields, message) => {
    expect(asError(() => decodeMessage(new Uint8Array(official.encode(fields).finish()))).message).toMatch(message);
  });

  it.each(['upper', 'simple', 'urn', 'braced'])('takes the %s form of a UUID', (form) => {
    const text = {
      upper: uuid.toUpperCase(),
      simple: uuid.replaceAll('-', ''),
      urn: `urn:uuid:${uuid}`,
      braced: `{${uuid}}`,
    }[form]!;

    expect((decode(frame({ uuid: text })).payload as VideoFrame).uuid).toBe(text);
  });

  it('takes objects of the same id', () => {
    const twins = [object({}), object({}), object({ parent_id: 1 })];

    expect((decode(frame({ objects: twins })).payload as VideoFrame).objects).toHaveLength(3);
  });
});

describe('bytes that are no protobuf', () => {
  it.each<[name: string, bytes: Uint8Array, message: RegExp]>([
    ['no bytes', raw([]), /^Message\.payload is missing$/],
    ['field number 0', after(0x02, 0), /the tag at byte 5 has field number 0$/],
    ['a tag of 5 bytes and more', after(0x80, 0x80, 0x80, 0x80, 0x10), /the tag at byte 5 is above 2 \*\* 32$/],
    ['half a number', after(0x20, 0x80), /it ends at byte 7, where a value of at least \d bytes begins at 6$/],
    [
      'a number of 11 bytes',
      after(0x20, ...new Array<number>(10).fill(0xff), 1),
      /the number at byte 6 has more than 10 bytes$/,
    ],
    [
      'a number above 2 ** 64',
      after(0x20, ...new Array<number>(9).fill(0xff), 2),
      /the number at byte 6 is above 2 \*\* 64$/,
    ],
    ['a text that is not there', after(0x0a, 5, 'abc'), /a length at byte 6 reaches to 12, past the end at 10$/],
    [
      'a length of 2 ** 63',
      after(0x0a, ...new Array<number>(9).fill(0x80), 1),
      /a length at byte 6 reaches to \d+, past the end at 16$/,
    ],
    [
      'a length past its message',
      raw([0x4a, 2, 0x0a, 2, 's', 's', 0x20, 1]),
      /reaches to byte 6, past the end of its message at 4$/,
    ],
    ['a list past its message', raw([0x42, [0x12, [0x1a, [0x32, [0x0a, 9, 1]]]]]), /past the end/],
    ['a list that ends within a number', raw([0x42, [0x12, [0x1a, [0x32, [0x0a, [0x81]]]]]]), /./],
    ['doubles of 7 bytes', raw([0x42, [0x12, [0x1a, [0x42, [0x0a, [1, 2, 3, 4, 5, 6, 7]]]]]]), /it ends at byte/],
    ['a text that is not UTF-8', after(0x0a, [0xc3, 0x28]), /the text at byte 7 is not valid UTF-8$/],
    ['half a surrogate pair', after(0x0a, [0xed, 0xa0, 0x80]), /not valid UTF-8$/],
    ['a long text that is not UTF-8', after(0x0a, [...new Array<number>(60).fill(0x61), 0xff]), /not valid UTF-8$/],
    ['a group without an end', after(0xfb, 1), /it ends at byte 7/],
    ['a group with the end of another', after(0xfb, 1, 0xf4, 1), /a group ends before byte 9 that did not begin$/],
    ['the end of a group', after(0xfc, 1), /a group ends before byte 7 that did not begin$/],
    ['groups in groups', after(...new Array<number[]>(101).fill([0xfb, 1]).flat()), /groups nest more than 100 deep/],
    ['wire type 6', after(0xfe, 1), /wire type 6 before byte 7 does not exist$/],
    ['wire type 7', after(0xff, 1), /wire type 7 before byte 7 does not exist$/],
    ['a number where a text should be', after(0x08, 1), /^field 1 of Message, before byte 6, has wire type 0$/],
    ['a text where a number should be', after(0x22, [1]), /^field 4 of Message, before byte 6, has wire type 2$/],
    ['a group where a message should be', after(0x2b, 0x2c), /^field 5 of Message, before byte 6, has wire type 3$/],
    [
      '4 bytes where a number should be',
      raw([0x4a, [0x0d, 1, 2, 3, 4]]),
      /^field 1 of EndOfStream, before byte 3, has wire type 5$/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(asError(() => decodeMessage(bytes)).message).toMatch(message);
  });

  it.each([undefined, null, 'text', [1, 2], new ArrayBuffer(3), new Uint16Array(2)])('%s', (bytes) => {
    expect(asError(() => decodeMessage(bytes as never)).message).toMatch(/bytes must be a Uint8Array, not/);
  });

  it('truncations at every byte', () => {
    const { bytes } = capturedAs('dealer_router-frame_full-1');
    const ends = fieldEnds(bytes);
    const taken = [];
    for (let length = 0; length < bytes.length; length++) {
      try {
        decodeMessage(bytes.slice(0, length));
        taken.push(length);
      } catch (error) {
        expect(error).toBeInstanceOf(MessageError);
      }
    }

    expect(taken).toEqual(ends.slice(2, -1)); // without its last field it is a message; the version and the seq id alone are none
  });

  it('any byte changed', () => {
    const whole = [capturedAs('dealer_router-frame_full-1'), capturedAs('dealer_router-update-1')];
    for (const { bytes } of whole) {
      for (let at = 0; at < bytes.length; at++) {
        for (const flip of [0x01, 0x80, 0xff, 0x07]) {
          const changed = bytes.slice();
          changed[at]! ^= flip;
          try {
            decodeMessage(changed);
          } catch (error) {
            expect(error).toBeInstanceOf(MessageError);
          }
        }
      }
    }
  });

  it('any bytes at all', () => {
    const some = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.uint8Array({ maxLength: 100 }).map((inner) => raw([0x2a, [...inner]])),
    );
    fc.assert(
      fc.property(some, (bytes) => {
        try {
          decodeMessage(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(MessageError);
        }
      }),
    );
  });

  it('a message after a broken one is none the worse', () => {
    const { bytes, expected } = capturedAs('dealer_router-eos-1');
    expect(() => decodeMessage(bytes.slice(0, 30))).toThrow(MessageError);

    expect(decodeMessage(bytes)).toStrictEqual(expected);
  });
});

describe('bytes that another library may write', () => {
  it('passes over unknown fields of every wire type', () => {
    const unknown: Raw = [0xf8, 1, 7, 0xf9, 1, 1, 2, 3, 4, 5, 6, 7, 8, 0xfa, 1, ['abc'], 0xfd, 1, 1, 2, 3, 4];
    const group: Raw = [0xfb, 1, 0xfb, 1, 0x08, 1, 0xfc, 1, ...unknown, 0xfc, 1];
    const message = decodeMessage(raw([...unknown, 0x4a, [...unknown, 0x0a, ['s'], ...group], ...group, 0x20, 9]));

    expect(message.payload).toEqual({ kind: 'endOfStream', sourceId: 's' });
    expect(message.seqId).toBe(9n);
  });

  it('passes over fields with high numbers', () => {
    expect(decodeMessage(after(0xf8, 0xff, 0xff, 0xff, 0x0f, 1)).payload.kind).toBe('endOfStream');
  });

  it('takes the last of several', () => {
    expect(decodeMessage(after(0x20, 1, 0x20, 2, 0x4a, [0x0a, ['t']]))).toMatchObject({
      seqId: 2n,
      payload: { sourceId: 't' },
    });
    expect(decodeMessage(after(0x5a, [0x0a, ['a']])).payload).toEqual({ kind: 'shutdown', auth: 'a' });
  });

  it('takes numbers that are longer than they need be', () => {
    expect(decodeMessage(after(0x20, 0x81, 0x80, 0x80, 0x00)).seqId).toBe(1n);
    expect(decodeMessage(after(0xa0, 0x80, 0x00, 0x05)).seqId).toBe(5n);
    expect(decodeMessage(raw([0x4a, 0x83, 0x80, 0x00, 0x0a, ['s']])).payload).toMatchObject({ sourceId: 's' });
  });

  it('takes a flag for set whatever its number', () => {
    const attribute: Raw = [0x12, [0x28, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]];
    expect((decodeMessage(raw([0x42, attribute])).payload as UserData).attributes).toHaveLength(1);
  });

  it('takes lists whether packed or not, or both', () => {
    const list = (tag: number, kind: string, ...parts: Raw) => {
      const { payload } = decodeMessage(raw([0x42, [0x12, [0x28, 1, 0x1a, [tag, parts]]]]));
      expect((payload as UserData).attributes[0]!.values[0]!.kind).toBe(kind);
      return (payload as UserData).attributes[0]!.values[0];
    };

    expect(list(0x32, 'integerVector', 0x0a, [1, 2], 0x08, 3, 0x0a, [])).toMatchObject({ value: [1n, 2n, 3n] });
    expect(list(0x4a + 8, 'booleanVector', 0x08, 1, 0x0a, [0, 1])).toMatchObject({ value: [true, false, true] });
    expect(list(0x42, 'floatVector', 0x09, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f)).toMatchObject({ value: [1] });
    expect(list(0x12, 'bytes', 0x08, 7, 0x12, ['ab'])).toMatchObject({ dims: [7n] });
  });

  it('takes the confidence after the value', () => {
    const { payload } = decodeMessage(raw([0x42, [0x12, [0x28, 1, 0x1a, [0x92, 1, [], 0x0d, 0, 0, 0, 0x3f]]]]));

    expect((payload as UserData).attributes[0]!.values).toEqual([{ kind: 'none', confidence: 0.5 }]);
  });

  it('takes any key of the context for what it is', () => {
    const { propagatedContext } = decode({ end_of_stream: {}, propagated_context: { constructor: 'a' } });
    expect(propagatedContext).toEqual({ constructor: 'a' });

    const message = decodeMessage(after(0x1a, [0x0a, ['__proto__'], 0x12, ['x']]));
    expect(Object.entries(message.propagatedContext)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(message.propagatedContext)).toBe(Object.prototype);
    expect(decodeMessage(encodeMessage(message))).toEqual(message);
  });

  it('keeps a byte order mark, and texts that are not ASCII', () => {
    for (const text of ['\ufeffa', 'é', 'é', '☃', '𝄞', 'x'.repeat(100), 'ü'.repeat(60), '\0']) {
      expect(decode({ end_of_stream: { source_id: text } }).payload).toEqual({ kind: 'endOfStream', sourceId: text });
    }
  });

  it('tells texts apart that look alike to a quick glance', () => {
    const texts = ['abcdef', 'axcdef', 'abxdef', 'abcdxf', 'abcdef'];
    expect(texts.map((text) => decode({ unknown: { message: text } }).payload)).toEqual(
      texts.map((text) => ({ kind: 'unknown', message: text })),
    );
  });

  it('has no angle where that is the largest float', () => {
    const angled = (angle: number) => decode(frame({ objects: [object({ detection_box: { ...box, angle } })] }));
    const angleOf = (angle: number) => (angled(angle).payload as VideoFrame).objects[0]!.detectionBox.angle;

    expect(angleOf(3.4028234663852886e38)).toBeUndefined();
    expect(angleOf(0)).toBe(0);
    expect(angleOf(-3.4028234663852886e38)).toBe(-3.4028234663852886e38);
  });

  it('gives views of the bytes it was given, wherever they are', () => {
    const bytes = bytesOf({ video_frame: { uuid, internal: Uint8Array.of(1, 2, 3) } });
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const { content } = decodeMessage(shifted.subarray(3)).payload as VideoFrame;

    expect(content).toEqual({ kind: 'internal', data: Uint8Array.of(1, 2, 3) });
    expect((content as { data: Uint8Array }).data.buffer).toBe(shifted.buffer);
  });
});

/** Where the fields of a message end. */
function fieldEnds(bytes: Uint8Array): number[] {
  const ends = [];
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const wireType = varint() & 7;
    const number = varint();
    if (wireType === 2) at += number;
    ends.push(at);
  }
  return ends;
}
