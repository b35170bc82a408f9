import { readFileSync, readdirSync } from 'node:fs';
import { fromPull, type InvalidMessage, json, openSocket, sigs, text, topic, frame } from 'rxzmq';
import { gnuradio } from 'rxzmq/gnuradio';
import { describe, expect, it } from 'vitest';
import { decode } from '../../src/codecs/decode.js';
import { FrameError } from '../../src/index.js';
import { collect } from '../helpers/collect.js';

const samples = frame(new Float32Array([0.5, -0.25, 0, 1e-5]));
const bytes = (value: string) => new TextEncoder().encode(value);
const dpstream = (() => {
  const message = new Uint8Array(80);
  message.set(bytes('DPSTREAM'));
  return message;
})();

function failure(codec: Parameters<typeof decode>[0], parts: readonly Uint8Array[]): Error {
  try {
    decode(codec, [...parts]);
  } catch (error) {
    return error as Error;
  }
  throw new Error('it was decoded');
}

describe('what sigs could not decode says what it looks like', () => {
  it.each<[string, readonly Uint8Array[], string]>([
    ['JSON', json().encode({ a: 1 }), 'JSON: use the codec json()'],
    ['text', text.encode('hello'), 'text: use the codec text'],
    [
      'a stream with tags',
      gnuradio({ tags: true }).encode(samples),
      "GNU Radio's stream with tags: use the codec gnuradio() of rxzmq/gnuradio",
    ],
    [
      'bare samples',
      [new Uint8Array(samples.samples.buffer)],
      'bare samples, as in a stream of GNU Radio without tags: use the codec gnuradio() of rxzmq/gnuradio, or raw',
    ],
    [
      'a frame with a topic',
      topic(sigs).encode({ topic: 'a', value: samples }),
      'a SIGS frame with a topic: use the codec topic(sigs)',
    ],
    ['DPSTREAM', [dpstream], 'a DPSTREAM frame, as doppler sends from 0.44 on: use the codec dpstream()'],
  ])('%s', (_, parts, look) => {
    const error = failure(sigs, parts);
    expect(error).toBeInstanceOf(FrameError);
    expect(error.message).toMatch(/^a frame has 2 parts/);
    expect(error.message.endsWith(`; it looks like ${look}`), error.message).toBe(true);
    expect(error.stack).toContain(error.message);
  });

  it.each<[string, readonly Uint8Array[]]>([
    ['nothing', []],
    ['an empty part', [new Uint8Array()]],
    ['noise', [Uint8Array.from({ length: 64 }, (_, i) => 255 - i * 3)]],
    ['two parts', [bytes('one'), bytes('two')]],
    ['a frame that is too short', [sigs.encode(samples)[0]!, new Uint8Array(1)]],
  ])('but not of %s', (_, parts) => {
    expect(failure(sigs, parts).message).not.toContain('looks like');
  });
});

describe('what another codec could not decode', () => {
  it('says that it looks like a frame', () => {
    const parts = sigs.encode(samples);
    for (const codec of [json(), text, topic(json())] as const) {
      expect(failure(codec as never, parts).message).toMatch(/; it looks like a SIGS frame: use the codec sigs$/);
    }
    expect(failure(json(), [dpstream]).message).toMatch(/; it looks like a DPSTREAM frame/);
  });

  it('says it once, and nothing of what it can read itself', () => {
    expect(failure(gnuradio(), json().encode(1)).message.match(/looks like/g)?.length ?? 0).toBeLessThan(2);
    expect(failure(json(), [bytes('{ "a": ')]).message).not.toContain('looks like');
  });
});

it('stands in the reason of an invalid message', async () => {
  await using pusher = openSocket('push');
  const endpoint = 'inproc://looks';
  pusher.bind(endpoint);
  const invalid: InvalidMessage[] = [];
  collect(fromPull(endpoint, { onInvalid: (message) => invalid.push(message) }));
  await pusher.send('hello');
  await expect.poll(() => invalid.length).toBe(1);
  expect(invalid[0]!.error.message).toMatch(/it looks like text: use the codec text$/);
});

const captured = new URL('../fixtures/gnuradio/', import.meta.url);
it('knows captured streams of GNU Radio', () => {
  const names = readdirSync(captured).filter((name) => /^pub_complex_(plain|tags).*\.bin$/.test(name));
  for (const name of names) {
    const part = new Uint8Array(readFileSync(new URL(name, captured)));
    expect(failure(sigs, [part]).message, name).toMatch(/GNU Radio/);
  }
  expect(names.length).toBeGreaterThan(1);
});
