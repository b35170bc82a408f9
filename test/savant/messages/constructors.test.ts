import 'rxzmq'; // which knows how to spell
import { describe, expect, it } from 'vitest';
import { OptionError } from '../../../src/errors.js';
import { attribute } from '../../../src/savant/messages/attribute.js';
import { decodeMessage } from '../../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../../src/savant/messages/encodeMessage.js';
import { endOfStream } from '../../../src/savant/messages/endOfStream.js';
import { message, PROTOCOL_VERSION } from '../../../src/savant/messages/message.js';
import { shutdown } from '../../../src/savant/messages/shutdown.js';
import { unknown } from '../../../src/savant/messages/unknown.js';
import { userData } from '../../../src/savant/messages/userData.js';
import { uuidV7 } from '../../../src/savant/messages/uuidV7.js';
import { videoFrame, type VideoFrameOptions } from '../../../src/savant/messages/videoFrame.js';
import { videoFrameBatch } from '../../../src/savant/messages/videoFrameBatch.js';
import { videoFrameUpdate } from '../../../src/savant/messages/videoFrameUpdate.js';
import { videoObject } from '../../../src/savant/messages/videoObject.js';
import { thrownBy } from '../../frame/arbitraries.js';
import { capturedAs } from './fixtures.js';

const box = { xc: 1, yc: 2, width: 3, height: 4, angle: undefined };
const basics: VideoFrameOptions = { sourceId: 'cam-1', framerate: '30/1', width: 1280, height: 720 };

describe('the defaults are the peer’s', () => {
  it.each(['0.3.0', '1.15.1'] as const)('a frame of savant_rs %s that was given no more than it needs', (version) => {
    const { expected } = capturedAs('dealer_router-frame_none-1', version);
    const { protocolVersion, seqId, systemId, payload } = expected;
    const { uuid, creationTimestampNs } = payload as ReturnType<typeof videoFrame>;

    const made = message(videoFrame({ ...basics, uuid, creationTimestampNs }), { protocolVersion, seqId, systemId });
    expect(made).toStrictEqual(expected);
  });

  it('an update that was given nothing', () => {
    const { expected } = capturedAs('dealer_router-update_empty-1');

    expect(videoFrameUpdate()).toStrictEqual(expected.payload);
  });

  it('a batch without frames', () => {
    expect(videoFrameBatch()).toStrictEqual(capturedAs('dealer_router-batch_empty-1').expected.payload);
  });

  it('a message', () => {
    expect(message(endOfStream('s'))).toStrictEqual({
      protocolVersion: PROTOCOL_VERSION,
      routingLabels: [],
      propagatedContext: {},
      seqId: 0n,
      payload: { kind: 'endOfStream', sourceId: 's' },
      systemId: '',
    });
    expect(PROTOCOL_VERSION).toBe('1.15.1');
  });

  it('an attribute, an object, and the short ones', () => {
    expect(attribute({ namespace: 'n', name: 'a' })).toStrictEqual({
      namespace: 'n',
      name: 'a',
      values: [],
      hint: undefined,
      isPersistent: true,
      isHidden: false,
    });
    expect(videoObject({ id: 7, namespace: 'n', label: 'car', detectionBox: box })).toStrictEqual({
      id: 7n,
      parentId: undefined,
      namespace: 'n',
      label: 'car',
      drawLabel: undefined,
      detectionBox: box,
      attributes: [],
      confidence: undefined,
      trackBox: undefined,
      trackId: undefined,
    });
    expect(userData('s')).toStrictEqual({ kind: 'userData', sourceId: 's', attributes: [] });
    expect(shutdown('word')).toStrictEqual({ kind: 'shutdown', auth: 'word' });
    expect(unknown('text')).toStrictEqual({ kind: 'unknown', message: 'text' });
  });
});

describe('a frame that is made', () => {
  it('has a UUID of version 7 of its own, and the time', () => {
    const before = BigInt(Date.now() - 1) * 1_000_000n;
    const made = Array.from({ length: 500 }, () => videoFrame(basics));
    const after = BigInt(Date.now() + 2) * 1_000_000n;

    expect(new Set(made.map(({ uuid }) => uuid)).size).toBe(500);
    for (const { uuid, creationTimestampNs } of made) {
      expect(uuid).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(creationTimestampNs).toBeGreaterThanOrEqual(before);
      expect(creationTimestampNs).toBeLessThanOrEqual(after);
      const ms = BigInt(`0x${uuid.slice(0, 8)}${uuid.slice(9, 13)}`);
      expect(ms).toBeGreaterThanOrEqual(before / 1_000_000n);
      expect(ms).toBeLessThanOrEqual(after / 1_000_000n);
    }
  });

  it('carries the time in its UUID', () => {
    expect(uuidV7(0x0123456789abn * 1_000_000n + 999_999n)).toMatch(/^01234567-89ab-7/);
    expect(uuidV7(1_000_000n)).toMatch(/^00000000-0001-7/);
  });

  it('takes numbers and bigints', () => {
    const made = videoFrame({ ...basics, width: 64n, pts: 5, dts: -1, duration: 3n, previousFrameSeqId: 41 });

    expect(made).toMatchObject({ width: 64n, height: 720n, pts: 5n, dts: -1n, duration: 3n, previousFrameSeqId: 41n });
  });

  it('is a plain object that can be changed by a copy', () => {
    const made = message({ ...videoFrame(basics), sourceId: 'cam-2' });

    expect(decodeMessage(encodeMessage(made))).toStrictEqual(made);
  });
});

it('a batch takes a Map, pairs, and what can be gone through', () => {
  const made = videoFrame(basics);
  const pairs: [number | bigint, typeof made][] = [
    [1, made],
    [-5n, made],
  ];
  const expected = new Map([
    [1n, made],
    [-5n, made],
  ]);

  expect(videoFrameBatch(pairs).frames).toEqual(expected);
  expect(videoFrameBatch(new Map(pairs)).frames).toEqual(expected);
  expect(videoFrameBatch(pairs.values()).frames).toEqual(expected);
});

describe('what is wrong is refused at the call', () => {
  const make = (options: object) => () => videoFrame({ ...basics, ...options });

  it.each<[option: string, text: string, action: () => unknown]>([
    ['width', "videoFrame: option 'width' must be an integer from 1, got 0", make({ width: 0 })],
    ['height', "videoFrame: option 'height' must be an integer from 1, got -1n", make({ height: -1n })],
    ['width', "videoFrame: option 'width' must be an integer from 1, got 1.5", make({ width: 1.5 })],
    ['width', 'videoFrame: width must be an integer from 1, got undefined', make({ width: undefined })],
    ['sourceId', 'videoFrame: sourceId must be a string, got undefined', make({ sourceId: undefined })],
    ['pts', "videoFrame: option 'pts' must be an integer from 0, got -1", make({ pts: -1 })],
    ['pts', `videoFrame: option 'pts' must be an integer from 0, got ${2n ** 63n}n`, make({ pts: 2n ** 63n })],
    [
      'dts',
      "videoFrame: option 'dts' must be a bigint of 64 bits or an exact number, got 9007199254740992",
      make({ dts: 2 ** 53 }),
    ],
    ['uuid', "videoFrame: option 'uuid' must be a UUID, got ''", make({ uuid: '' })],
    [
      'previousKeyframe',
      "videoFrame: option 'previousKeyframe' must be a UUID, got 'x'",
      make({ previousKeyframe: 'x' }),
    ],
    ['keyframe', "videoFrame: option 'keyframe' must be a boolean, got 1", make({ keyframe: 1 })],
    [
      'timeBaseNumerator',
      "videoFrame: option 'timeBaseNumerator' must be an integer of 32 bits, got 0.5",
      make({ timeBaseNumerator: 0.5 }),
    ],
    [
      'transcodingMethod',
      "videoFrame: option 'transcodingMethod' must be 'copy' or 'encoded' (did you mean 'copy'?), got 'Copy'",
      make({ transcodingMethod: 'Copy' }),
    ],
    ['framrate', "videoFrame: unknown option 'framrate'; did you mean 'framerate'?", make({ framrate: '1/1' })],
    [
      'creationTimestampNs',
      "videoFrame: option 'creationTimestampNs' must be a bigint from 0n to 2n ** 128n - 1n, got -1n",
      make({ creationTimestampNs: -1n }),
    ],
    ['options', 'videoFrame: options must be an object, got undefined', () => videoFrame(undefined as any)],
    [
      'detectionBox',
      'videoObject: detectionBox must be an object, got undefined',
      () => videoObject({ id: 1, namespace: 'n', label: 'l' } as any),
    ],
    [
      'id',
      "videoObject: option 'id' must be a bigint of 64 bits or an exact number, got '1'",
      () => videoObject({ id: '1', namespace: 'n', label: 'l', detectionBox: box } as any),
    ],
    ['name', 'attribute: name must be a string, got undefined', () => attribute({ namespace: 'n' } as any)],
    [
      'values',
      "attribute: option 'values' must be an array, got 1",
      () => attribute({ namespace: 'n', name: 'a', values: 1 } as any),
    ],
    ['sourceId', 'userData: sourceId must be a string, got 1', () => userData(1 as any)],
    ['attributes', 'userData: attributes must be an array, got an Object', () => userData('s', {} as any)],
    ['sourceId', 'endOfStream: sourceId must be a string, got undefined', () => endOfStream(undefined as any)],
    ['auth', 'shutdown: auth must be a string, got null', () => shutdown(null as any)],
    ['message', 'unknown: message must be a string, got 1', () => unknown(1 as any)],
    ['payload', 'message: payload must be an object, got undefined', () => message(undefined as any)],
    [
      'seqId',
      "message: option 'seqId' must be a bigint from 0n to 2n ** 64n - 1n, got -1",
      () => message(endOfStream('s'), { seqId: -1 }),
    ],
    ['frames', 'videoFrameBatch: frames must be iterable, got an Object', () => videoFrameBatch({} as any)],
    [
      'number',
      'videoFrameBatch: number must be a bigint of 64 bits or an exact number, got 0.5',
      () => videoFrameBatch([[0.5, videoFrame(basics)]]),
    ],
    [
      'objectPolicy',
      "videoFrameUpdate: option 'objectPolicy' must be 'addForeignObjects' or 'errorIfLabelsCollide' or 'replaceSameLabelObjects', got 1",
      () => videoFrameUpdate({ objectPolicy: 1 } as any),
    ],
  ])('%s: %s', (option, text, action) => {
    const error = thrownBy(action);

    expect(error).toBeInstanceOf(OptionError);
    expect(error['option']).toBe(option);
    expect(error.message).toBe(text);
  });
});
