import { describe, expect, it } from 'vitest';
import { Decoder } from '../../../src/engine/zmtp/Decoder.js';
import { ZmtpError } from '../../../src/engine/zmtp/ZmtpError.js';
import { takeLarge } from '../../../src/memory/largeBuffers.js';

function decoder(limits = {}) {
  const parts: { length: number; more: boolean }[] = [];
  const commands: Uint8Array[] = [];
  const made = new Decoder(
    {
      add: (_buffer, length, more) => void parts.push({ length, more }),
      command: (body) => void commands.push(body.slice()),
    },
    { maxMessageBytes: 1000, maxParts: 4, ...limits },
  );
  return { decoder: made, parts, commands, feed: (...bytes: number[]) => feed(made, bytes) };
}

function feed(made: Decoder, bytes: number[]): void {
  const chunk = Uint8Array.from(bytes);
  made.feed(chunk, 0, chunk.length);
}

describe('Decoder', () => {
  it('takes a long frame with a short length, and ignores reserved flags', () => {
    const { feed, parts } = decoder();
    feed(0xfa, 0, 0, 0, 0, 0, 0, 0, 1, 42);
    expect(parts).toEqual([{ length: 1, more: false }]);
  });

  it('takes commands between the parts of a message', () => {
    const { feed, parts, commands } = decoder();
    feed(1, 1, 5, 4, 5, 4, 80, 73, 78, 71, 0, 0);
    expect(parts).toEqual([
      { length: 1, more: true },
      { length: 0, more: false },
    ]);
    expect(commands).toEqual([Uint8Array.of(4, 80, 73, 78, 71)]);
  });

  it.each([
    ['a frame above maxMessageBytes', [2, 0, 0, 0, 0, 0, 0, 3, 0xe9]],
    ['a length of 2^53', [2, 0, 32, 0, 0, 0, 0, 0, 0]],
    ['a length of 2^63', [2, 128, 0, 0, 0, 0, 0, 0, 0]],
    ['the largest length there is', [2, 255, 255, 255, 255, 255, 255, 255, 255]],
    [
      'parts that are too long together',
      [3, 0, 0, 0, 0, 0, 0, 2, 0, ...new Array<number>(512).fill(1), 2, 0, 0, 0, 0, 0, 0, 2, 0],
    ],
    ['more parts than maxParts', [1, 0, 1, 0, 1, 0, 1, 0, 0, 0]],
    ['a command above 64 KiB', [6, 0, 0, 0, 0, 0, 1, 0, 1]],
  ])('refuses %s before it is there, at once or byte by byte', (_what, bytes) => {
    const whole = decoder();
    expect(() => whole.feed(...bytes)).toThrow(ZmtpError);
    const single = decoder();
    expect(() => {
      for (const byte of bytes) single.feed(byte);
    }).toThrow(ZmtpError);
  });

  it('takes what is exactly at the limits', () => {
    const { feed, parts } = decoder();
    feed(3, 0, 0, 0, 0, 0, 0, 3, 0xe8, ...new Array<number>(1000).fill(1), 1, 0, 1, 0, 0, 0);
    feed(0, 0);
    expect(parts).toHaveLength(5);
  });

  it('takes memory for a long body only as it arrives', () => {
    const { decoder: made } = decoder({ maxMessageBytes: 2 ** 40 });
    takeLarge(2 ** 20); // the first one in a process shows the allocator what is to come
    const before = process.memoryUsage().arrayBuffers;
    feed(made, [2, 0, 0, 0, 64, 0, 0, 0, 0, 1, 2, 3]); // 256 GiB
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1 << 20);
    expect(made.begun).toBe(true);
    expect(made.wanted!.length).toBeLessThan(1 << 17);
  });

  it('knows whether something has begun', () => {
    const { decoder: made, feed } = decoder();
    expect(made.begun).toBe(false);
    feed(1);
    expect(made.begun).toBe(true);
    feed(0);
    expect(made.begun).toBe(true); // more parts follow
    feed(0, 1, 1);
    expect(made.begun).toBe(false);
  });
});
