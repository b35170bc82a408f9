import type { Codec } from 'rxzmq';
import { gnuradio, type GnuRadioFrame, type GnuRadioItems, type GnuRadioOptions } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { captured, type CapturedStream, type DescribedTag, part, valueOf } from '../fixtures.js';

const TYPES = { complex: 'cf32', float: 'f32', int: 'i32', short: 'i16', byte: 'u8' } as const;

/** The message's elements, one after another. */
function elements({ itemType, vlen }: CapturedStream, message: CapturedStream['messages'][number]): number[] {
  const { values, items, firstIndex = 0 } = message;
  if (values !== undefined) return values.flat();
  return Array.from({ length: items * vlen }, (_, i) => firstIndex + i).flatMap((i) =>
    itemType === 'complex' ? [i + 0.5, 0 - i / 4] : [(i * 37) & 0xff],
  );
}

function tagOf({ offset, key, value, srcid }: DescribedTag, firstItem: number) {
  const source = valueOf(srcid);
  const tag = { offset: Number(offset) - firstItem, key: valueOf(key), value: valueOf(value) };
  return source === false ? tag : { ...tag, source };
}

const itemsOf = ({ samples, numSamples }: GnuRadioFrame) => ({ items: samples, numItems: numSamples });

describe.each(captured.streams)('$name', (stream) => {
  const { itemType, vlen, passTags, key, messages } = stream;
  const options = { type: TYPES[itemType], vlen, key: key ?? '' } as GnuRadioOptions;
  const partsOf = ({ parts }: { parts: readonly string[] }) => parts.map(part);

  it.each(['auto', passTags] as const)('is read as what it is with tags: %s', (tags) => {
    const codec = gnuradio({ ...options, tags } as never).open!();

    for (const message of messages) {
      const { tags: read, firstItem, lost, ...value } = codec.decode(partsOf(message));
      const { items, numItems } = 'items' in value ? (value as unknown as GnuRadioItems) : itemsOf(value as never);

      expect([...items]).toEqual(elements(stream, message).map(itemType === 'complex' ? Math.fround : Number));
      expect(numItems).toBe(message.items);
      expect(firstItem).toBe(message.header ? Number(message.header.offset) : undefined);
      expect(read).toStrictEqual((message.header?.tags ?? []).map((tag) => tagOf(tag, firstItem!)));
      expect(lost).toBe(0);
    }
  });

  it.each(['one that remembers', 'one that does not'])('is written with the same bytes, by %s', (name) => {
    const given = gnuradio(options as never) as unknown as Codec<unknown>;
    const codec = name === 'one that remembers' ? given.open!() : given;

    for (const message of messages) {
      const parts = partsOf(message);
      expect(codec.encode(codec.decode(parts)).map(String)).toEqual(parts.map(String));
    }
  });
});
