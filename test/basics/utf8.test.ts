import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapedBytes, unescapedText, utf8Of, utf8Text } from '../../src/basics/utf8.js';

describe('without the classes of the platform', () => {
  it('a text has the same bytes, and the bytes the same text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const bytes = escapedBytes(text);
        expect(bytes).toEqual(utf8Of(text));
        expect(unescapedText(bytes)).toBe(text);
      }),
    );
  });

  it('half of a surrogate pair becomes U+FFFD', () => {
    for (const text of ['\uD83D', 'a\uDE00b', '\uDE00\uD83D']) expect(escapedBytes(text)).toEqual(utf8Of(text));
  });

  it('bytes that are not UTF-8 are an error, as with them', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const [own, theirs] = [() => unescapedText(bytes), () => utf8Text(bytes)].map((read) => {
          try {
            return read();
          } catch {
            return undefined;
          }
        });
        expect(own).toBe(theirs);
      }),
    );
  });

  it('a byte order mark is part of the text', () => {
    expect(unescapedText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\uFEFFa');
    expect(utf8Text(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\uFEFFa');
  });
});
