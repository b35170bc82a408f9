import { json, raw, sigs, text, topic } from '../../index.js';
import { gnuradio, pmt } from '../../gnuradio/index.js';
import { dpstream } from '../../nats/index.js';
import { call } from '../code/call.js';
import { literal } from '../code/literal.js';
import { object } from '../code/object.js';
import type { Piece } from '../code/Piece.js';
import type { CodecArguments, CodecName } from '../options/receiveOptions.js';
import { UsageError } from '../run/UsageError.js';

/** A codec, and whether its values are frames. */
export interface ChosenCodec {
  readonly name: CodecName;
  /** `undefined`: the default of the endpoint. */
  readonly piece: Piece | undefined;
  readonly isFrames: boolean;
  /** The values have a topic beside them. */
  readonly isTopical: boolean;
}

const value = (module: string, name: string, make: () => unknown): Piece => ({
  make,
  text: name,
  imports: { [module]: [name] },
});
const plain = {
  sigs: value('rxzmq', 'sigs', () => sigs),
  raw: value('rxzmq', 'raw', () => raw),
  text: value('rxzmq', 'text', () => text),
};

/** The codec that the options name. @throws UsageError for options that do not fit each other */
export function codecOf(given: CodecArguments, endpoint = ''): ChosenCodec {
  const isNats = endpoint.startsWith('nats');
  const name = given.codec ?? (isNats ? 'dpstream' : 'sigs');
  const wantsTopic = given.topic !== undefined;
  if (name !== 'gnuradio' && given.type !== undefined) {
    throw new UsageError(`--type is for --codec gnuradio; ${name} says the type itself`);
  }
  switch (name) {
    case 'sigs':
      return topical(name, isNats || wantsTopic ? plain.sigs : undefined, true, wantsTopic);
    case 'dpstream':
      refuseTopic(name, wantsTopic);
      return {
        name,
        piece: isNats ? undefined : call('rxzmq/nats', 'dpstream', dpstream),
        isFrames: true,
        isTopical: false,
      };
    case 'raw':
      return { name, piece: plain.raw, isFrames: false, isTopical: false };
    case 'text':
      return topical(name, plain.text, false, wantsTopic);
    case 'json':
      return topical(name, { ...call('rxzmq', 'json', json), text: 'json<unknown>()' }, false, wantsTopic);
    case 'pmt':
      refuseTopic(name, wantsTopic);
      return { name, piece: call('rxzmq/gnuradio', 'pmt', pmt), isFrames: false, isTopical: false };
    case 'gnuradio':
      return { name, piece: gnuradioPiece(given), isFrames: !isReal(given.type), isTopical: false };
  }
}

const isReal = (type: CodecArguments['type']): boolean => type !== undefined && !type.startsWith('c');

function topical(name: CodecName, piece: Piece | undefined, isFrames: boolean, wantsTopic: boolean): ChosenCodec {
  if (!wantsTopic || piece === undefined) return { name, piece, isFrames, isTopical: false };
  return {
    name,
    piece: call('rxzmq', 'topic', topic as (codec: never) => unknown, [piece]),
    isFrames: false,
    isTopical: true,
  };
}

function gnuradioPiece({ type, rate, freq, topic: keys }: CodecArguments): Piece {
  if (keys !== undefined && keys.length > 1)
    throw new UsageError('--codec gnuradio takes one --topic: the key of the PUB Sink');
  const options = object({
    type: type === undefined ? undefined : literal(type),
    sampleRate: rate === undefined ? undefined : literal(rate),
    centerFreq: freq === undefined ? undefined : literal(freq),
    key: keys?.[0] === undefined ? undefined : literal(keys[0]),
  });
  return call('rxzmq/gnuradio', 'gnuradio', gnuradio as (options?: never) => unknown, [options]);
}

function refuseTopic(name: CodecName, wantsTopic: boolean): void {
  if (wantsTopic) throw new UsageError(`--topic does not go with --codec ${name}, whose messages have none`);
}
