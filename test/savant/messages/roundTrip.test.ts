import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeMessage } from '../../../src/savant/messages/decodeMessage.js';
import { encodeMessage } from '../../../src/savant/messages/encodeMessage.js';
import type { Attribute } from '../../../src/savant/schema/attributes.js';
import type { Message, Payload, VideoFrame, VideoObject } from '../../../src/savant/schema/types.js';
import { messages } from './arbitraries.js';
import { official } from './official.js';

const persistent = (attributes: readonly Attribute[]) => attributes.filter(({ isPersistent }) => isPersistent);
const visible = (attributes: readonly Attribute[]) => attributes.filter(({ isHidden }) => !isHidden);

/** What is left of a message on the wire. */
function asSent(message: Message): Message {
  return { ...message, payload: payloadAsSent(message.payload) };
}

function payloadAsSent(payload: Payload): Payload {
  const objectAsSent = (object: VideoObject) => ({ ...object, attributes: visible(object.attributes) });
  const frameAsSent = (frame: VideoFrame): VideoFrame => ({
    ...frame,
    attributes: persistent(frame.attributes),
    objects: frame.objects.map(objectAsSent),
  });
  switch (payload.kind) {
    case 'videoFrame':
      return frameAsSent(payload);
    case 'videoFrameBatch':
      return { ...payload, frames: new Map([...payload.frames].map(([key, frame]) => [key, frameAsSent(frame)])) };
    case 'videoFrameUpdate':
      return {
        ...payload,
        frameAttributes: persistent(payload.frameAttributes),
        objectAttributes: payload.objectAttributes.filter(({ attribute }) => attribute.isPersistent),
        objects: payload.objects.map((one) => ({ ...one, object: objectAsSent(one.object) })),
      };
    case 'userData':
      return { ...payload, attributes: persistent(payload.attributes) };
    default:
      return payload;
  }
}

describe('any message', () => {
  it('comes back as it was sent', () => {
    fc.assert(
      fc.property(messages, (message) => {
        expect(decodeMessage(encodeMessage(message), { keepTemporary: true })).toEqual(asSent(message));
      }),
    );
  });

  it('comes to the same bytes when it is sent on', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const bytes = encodeMessage(message);

        expect(encodeMessage(decodeMessage(bytes, { keepTemporary: true }))).toEqual(bytes);
      }),
    );
  });

  it('comes to the same message through another protobuf library', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const bytes = encodeMessage(message);
        const relayed = new Uint8Array(official.encode(official.decode(bytes)).finish());

        expect(decodeMessage(relayed)).toStrictEqual(decodeMessage(bytes));
      }),
    );
  });
});
