import { describe, expect, it } from 'vitest';
import { dpstream } from '../../src/codecs/dpstream.js';
import { encodeEnd } from '../../src/dpstream/encodeMessage.js';
import { Reassembly } from '../../src/dpstream/Reassembly.js';
import { splitMessage } from '../../src/dpstream/splitMessage.js';
import { frame } from '../../src/frame/frame.js';
import { bytesOf, captured, expectedOf, typeOf } from './captured.js';

const codec = dpstream();
const groups = ['CF32-two', 'CF32-three', 'CF64-two', 'CI8-three'];
const chunksOf = (group: string) =>
  captured('chunks')
    .filter((path) => path.includes(`${group}-`))
    .map((path) => bytesOf(`${path}.bin`));
const one = (sequence: number, samples: Float32Array | Int8Array = new Float32Array(120).fill(sequence)) =>
  codec.encode({ ...frame(samples as Float32Array, { timestampNs: 5n }), sequence })[0]!;
const cut = (sequence: number) => splitMessage(one(sequence), 250);

/** What comes of messages: the sequences of frames, and how often one was abandoned or rejected. */
function put(...messages: Uint8Array[]) {
  const reassembly = new Reassembly(1_000_000);
  const result = { frames: [] as number[], ends: 0, abandoned: 0, rejected: 0 };
  for (const message of messages) {
    const { message: whole, abandoned, rejected } = reassembly.put(message);
    if (abandoned !== undefined) result.abandoned += 1;
    if (rejected !== undefined) result.rejected += 1;
    if (whole === undefined) continue;
    if (whole[14] === 2) result.ends += 1;
    else result.frames.push(codec.decode([whole]).sequence);
  }
  return result;
}

describe.each(groups)('the chunks of doppler: %s', (group) => {
  const chunks = chunksOf(group);
  const expected = expectedOf(`chunks/${group}.reassembled`);

  it('makes one frame of them, in any order, one twice', () => {
    for (const order of [chunks, [...chunks].reverse(), [chunks[0]!, ...chunks]]) {
      const reassembly = new Reassembly(10_000);
      const wholes = order.map((chunk) => reassembly.put(chunk).message).filter((message) => message !== undefined);
      expect(wholes).toHaveLength(1);
      const value = codec.decode([wholes[0]!]);
      expect(value).toMatchObject({ sampleType: typeOf(expected), sequence: Number(expected.sequence), flags: 0 });
      expect([...value.samples]).toEqual(expected.samples);
    }
  });

  it('cuts the frame to the same bytes', () => {
    const reassembly = new Reassembly(10_000);
    const whole = chunks.map((chunk) => reassembly.put(chunk).message).at(-1)!;
    expect(splitMessage(whole, 300)).toEqual(chunks);
  });
});

it.each(['0.22.0-CF64', '0.43.2-CF32'])('puts together the chunks of doppler %s, which are SIGS', (version) => {
  const paths = captured('legacy').filter((path) => path.includes(`${version}-chunk`));
  const reassembly = new Reassembly(10_000);
  const wholes = paths.map((path) => reassembly.put(bytesOf(`${path}.bin`)).message);
  expect(wholes.slice(0, -1)).toEqual(paths.slice(1).map(() => undefined));
  const value = codec.decode([wholes.at(-1)!]);
  const samples = paths.flatMap((path) => expectedOf(path).samples!);
  expect([...value.samples]).toEqual(samples);
  expect(value).toMatchObject({ flags: 0, numSamples: samples.length / 2 });
});

describe('a frame in progress', () => {
  const [a0, a1, a2] = cut(0);
  const [b0, b1, b2] = cut(1);
  const small = one(9, new Float32Array(2));
  const otherType = one(8, new Int8Array(2));

  it.each([
    ['a frame of another type between', [a0!, otherType, a1!, a2!], { frames: [8, 0], abandoned: 0 }],
    ['a whole frame of its type', [a0!, small, a1!, a2!], { frames: [9], abandoned: 1 }],
    ['an end of stream', [a0!, encodeEnd(3, 0n), a1!, a2!], { frames: [], ends: 1, abandoned: 1 }],
    ['a frame of another sender', [a0!, b0!, b1!, b2!, a1!], { frames: [1], abandoned: 1 }],
    ['two frames mixed', [a0!, b0!, a1!, b1!, a2!, b2!], { frames: [], abandoned: 5 }],
    ['another timestamp', [a0!, changed(a1!, 32, 6), a2!], { frames: [], abandoned: 2 }],
  ])('%s', (_, messages, expected) => {
    expect(put(...messages)).toMatchObject(expected);
  });

  it.each([
    ['an index that is none', changed(a1!, 64, 3)],
    ['an offset off the grid', changed(a1!, 80, 8)],
    ['a total of 1 TiB', changed(a1!, 77, 1)],
    ['2 ** 32 - 1 chunks', changed(changed(a1!, 70, 255), 71, 255)],
  ])('rejects %s, and completes', (_, message) => {
    expect(put(a0!, message, a1!, a2!)).toMatchObject({ frames: [0], rejected: 1 });
  });

  it('gives nothing of chunks that are not alike', () => {
    const [c0] = splitMessage(one(0), 200);
    expect(put(c0!, a1!, a2!)).toMatchObject({ frames: [] });
  });

  it('takes a frame of one chunk', () => {
    const whole = one(4, new Float32Array(4));
    const single = new Uint8Array(whole.length + 24);
    single.set(whole.subarray(0, 64));
    single[18] = 1;
    single.set(whole.subarray(64), 88);
    const view = new DataView(single.buffer);
    view.setUint32(68, 1, true);
    view.setBigUint64(72, 16n, true);
    expect(put(single)).toMatchObject({ frames: [4] });
  });

  it('takes no memory for what is only announced', () => {
    const reassembly = new Reassembly(2 ** 40);
    const big = changed(changed(a0!, 75, 16), 68, 3);
    expect(reassembly.put(big).message).toBeUndefined();
  });
});

it('cuts nothing but frames that are whole', () => {
  expect(() => splitMessage(new Uint8Array(400), 300)).toThrow(/400 bytes.*300/);
  expect(() => splitMessage(cut(0)[0]!, 100)).toThrow(/server lets through/);
  expect(() => splitMessage(one(0), 90)).toThrow(/server lets through/);
});

function changed(message: Uint8Array, at: number, byte: number): Uint8Array {
  const copy = message.slice();
  copy[at] = byte;
  return copy;
}
