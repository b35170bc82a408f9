import { readFileSync } from 'node:fs';
import protobuf from 'protobufjs';
import type { Message } from '../../src/savant/schema/types.js';
import { type Contestant, interleave, type Opener } from '../runner/interleave.js';
import type { Row } from '../runner/Row.js';
import { ratios, summarize } from '../runner/statistics.js';

const MESSAGES = 20_000;

/** What a round of messages took of the processor, in ns for each. */
type Cost = number;

/** Encoding and decoding a frame with three objects and four attributes. */
export const savantMessages: Row = {
  name: 'savantMessages',
  title:
    "Savant messages: encodeMessage and decodeMessage, which check all a peer checks, against protobufjs's code of the same schema, which checks nothing",
  async run({ effort }) {
    const built = new URL('../../dist/savant.js', import.meta.url).href;
    const savant = (await import(built)) as typeof import('../../src/savant/index.js');
    const message = sample(savant);
    const bytes = savant.encodeMessage(message);
    const type = loadSchema().lookupType('protocol.Message');
    const plain = type.decode(bytes);

    const costs = await interleave(
      {
        encode: repeat(() => savant.encodeMessage(message)),
        decode: repeat(() => savant.decodeMessage(bytes)),
        'protobufjs encode': repeat(() => type.encode(plain).finish()),
        'protobufjs decode': repeat(() => type.decode(bytes)),
      },
      effort(1000, 4),
    );
    return (['encode', 'decode'] as const).map((name) => {
      const mine = costs[name];
      const theirs = costs[`protobufjs ${name}`];
      const middle = (some: readonly Cost[]): number => summarize(some).median / 1000;
      return {
        label: `${name}, against protobufjs`,
        size: bytes.length,
        unit: 'ratio',
        ...summarize(ratios(theirs, mine)),
        cpu: { ours: { receiverUs: middle(mine) }, baseline: { receiverUs: middle(theirs) } },
        absolute: `${mine.length} rounds`,
      };
    });
  },
};

function loadSchema(): protobuf.Root {
  const path = new URL('../../src/savant/schema/savant.proto', import.meta.url);
  return protobuf.parse(readFileSync(path, 'utf8')).root;
}

function repeat(action: () => unknown): Opener<Cost> {
  const contestant: Contestant<Cost> = {
    measure() {
      const before = process.cpuUsage();
      for (let i = 0; i < MESSAGES; i += 1) action();
      const { user, system } = process.cpuUsage(before);
      return Promise.resolve(((user + system) * 1000) / MESSAGES);
    },
    close: () => Promise.resolve(),
  };
  return () => Promise.resolve(contestant);
}

function sample({ attribute, message, videoFrame, videoObject }: typeof import('../../src/savant/index.js')): Message {
  const box = { xc: 0, yc: 0, width: 0, height: 0 };
  const data = new Uint8Array(192).fill(7);
  const frame = videoFrame({
    sourceId: 'test',
    framerate: '30/1',
    width: 1280,
    height: 720,
    pts: 1_000_000,
    attributes: [
      attribute({
        namespace: 'system',
        name: 'test',
        hint: 'test',
        values: [{ kind: 'bytes', dims: [8n, 3n, 8n], data }],
      }),
      attribute({
        namespace: 'system',
        name: 'test2',
        values: [{ kind: 'integerVector', value: [1n, 2n, 3n, 4n, 5n, 6n] }],
      }),
      attribute({ namespace: 'system2', name: 'test2', values: [{ kind: 'string', value: 'string' }] }),
      attribute({ namespace: 'system2', name: 'test', values: [{ kind: 'temporary' }] }),
    ],
    objects: [0, 1, 2].map((id) =>
      videoObject({
        id,
        namespace: 'test',
        label: 'test2',
        detectionBox: box,
        trackBox: box,
        trackId: id,
        confidence: 0.5,
      }),
    ),
  });
  return message(frame, { seqId: 12_345, systemId: crypto.randomUUID() });
}
