import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../../src/savant/messages/encodeMessage.js';
import { endOfStream } from '../../../src/savant/messages/endOfStream.js';
import { message } from '../../../src/savant/messages/message.js';
import { shutdown } from '../../../src/savant/messages/shutdown.js';
import type { Message, VideoFrame } from '../../../src/savant/schema/types.js';
import { unknown } from '../../../src/savant/messages/unknown.js';
import { userData } from '../../../src/savant/messages/userData.js';
import { videoFrame } from '../../../src/savant/messages/videoFrame.js';
import { captured, capturedAs, VERSIONS } from './fixtures.js';

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

const entriesOfMap = ({ propagatedContext, payload }: Message) =>
  payload.kind === 'videoFrameBatch' ? payload.frames.size : Object.keys(propagatedContext).length;

describe.each(VERSIONS)('what savant_rs %s put on the wire', (version) => {
  const messages = captured.filter((one) => one.version === version);

  it('is there', () => {
    expect(messages.length).toBeGreaterThan(30);
  });

  it.each(messages)('$name decodes to its values', ({ bytes, expected }) => {
    expect(decodeMessage(bytes, { keepTemporary: true })).toStrictEqual(expected);
  });

  it.each(messages)('$name encodes to the same bytes', ({ bytes }) => {
    expect(hexOf(encodeMessage(decodeMessage(bytes, { keepTemporary: true })))).toBe(hexOf(bytes));
  });

  it.each(messages)('$name encodes to the same bytes from its values alone', ({ bytes, expected }) => {
    const again = encodeMessage(expected);
    if (entriesOfMap(expected) < 2) expect(hexOf(again)).toBe(hexOf(bytes));
    else expect(again.length).toBe(bytes.length); // the order of a map is not stable
    expect(decodeMessage(again, { keepTemporary: true })).toStrictEqual(expected);
  });
});

it('drops the temporary attributes of objects, as savant readers do', () => {
  const { bytes } = capturedAs('dealer_router-frame_full-1');
  const namesOf = (frame: VideoFrame) => frame.objects.map(({ attributes }) => attributes.map(({ name }) => name));
  const all = decodeMessage(bytes, { keepTemporary: true }).payload as VideoFrame;
  const kept = decodeMessage(bytes).payload as VideoFrame;

  expect(namesOf(all).flat().sort()).toEqual(['color', 'temp']);
  expect(namesOf(kept).flat()).toEqual(['color']);
  expect(kept.attributes).toEqual(all.attributes);
});

const systemId = '00000000-0000-4000-8000-000000000000';

// what the official runtime makes of the same messages
const golden: [message: Message, hex: string][] = [
  [
    message(endOfStream('cam-1'), { seqId: 1, systemId }),
    '0a06312e31352e3120014a070a0563616d2d31a2012430303030303030302d303030302d343030302d383030302d303030303030303030303030',
  ],
  [
    message(userData('cam-1'), { seqId: 2, systemId }),
    '0a06312e31352e31200242070a0563616d2d31a2012430303030303030302d303030302d343030302d383030302d303030303030303030303030',
  ],
  [
    message(shutdown('s3cret'), { seqId: 3, systemId }),
    '0a06312e31352e3120035a080a06733363726574a2012430303030303030302d303030302d343030302d383030302d303030303030303030303030',
  ],
  [
    message(unknown('x'), {
      seqId: 4,
      systemId,
      routingLabels: ['a', 'b'],
      propagatedContext: { traceparent: '00-1' },
    }),
    '0a06312e31352e311201611201621a130a0b7472616365706172656e74120430302d31200452030a0178a2012430303030303030302d303030302d343030302d383030302d303030303030303030303030',
  ],
  [
    message(
      {
        ...videoFrame({
          sourceId: 'cam-1',
          uuid: '018f0000-0000-7000-8000-000000000001',
          creationTimestampNs: 1_700_000_000_000_000_000n,
          framerate: '30/1',
          width: 1280,
          height: 720,
          keyframe: false,
        }),
        pts: -1n,
      },
      { seqId: 5, systemId },
    ),
    '0a06312e31352e3120052a59120563616d2d311a2430313866303030302d303030302d373030302d383030302d303030303030303030303031288080a8b1e39fe7cb17320433302f3138800a40d0055800600168c0843d70ffffffffffffffffff019a0100a2012430303030303030302d303030302d343030302d383030302d303030303030303030303030',
  ],
];

it.each(golden)('$payload.kind is what the official runtime makes of it', (made, hex) => {
  expect(hexOf(encodeMessage(made))).toBe(hex);
  expect(decodeMessage(new Uint8Array(Buffer.from(hex, 'hex')))).toStrictEqual(made);
});
