import type { SampleType } from '../../samples/types.js';
import { decodeComplex, decodeReceiverBytes } from '../samples/decodeComplex.js';
import { type Datatype, parseDatatype } from '../samples/Datatype.js';
import { type ReadAt, readWavHeader } from '../wav/readWavHeader.js';
import { datatypeOfFormat, type IqFormat } from './IqFormat.js';

/** The metadata of the samples of a file without metadata. */
export interface IqFacts {
  readonly sampleRate: number;
  readonly centerFreq: number;
  /** `undefined`: not known. */
  readonly timestampNs: bigint | undefined;
}

/** The metadata by the caller. */
type GivenFacts = { readonly [K in keyof IqFacts]?: IqFacts[K] | undefined };

/** How to read the samples of a file. */
export interface IqSource extends IqFacts {
  readonly datatype: Datatype;
  readonly decode: typeof decodeComplex;
  /** The position of the first sample. */
  readonly dataOffset: number;
  /** `undefined`: up to the end of the file. */
  readonly dataLength: number | undefined;
  readonly sampleType: SampleType | undefined;
}

/** Reads the header, if there is one. Options of the caller take precedence over it. */
export async function iqSourceOf(
  of: string,
  path: string,
  format: IqFormat,
  given: GivenFacts,
  sampleType: SampleType | undefined,
  read: ReadAt,
): Promise<IqSource> {
  if (format === 'wav') {
    const { kind, bits, dataOffset, dataLength, ...facts } = await readWavHeader(of, path, read);
    const datatype = parseDatatype(`c${kind}${bits}`) as Datatype; // the reader of the header accepts no others
    return { ...factsOf(given, facts), datatype, decode: decodeComplex, dataOffset, dataLength, sampleType };
  }
  return {
    ...factsOf(given, { sampleRate: 0, centerFreq: 0, timestampNs: undefined }),
    datatype: datatypeOfFormat(format),
    decode: format === 'cu8' ? decodeReceiverBytes : decodeComplex,
    dataOffset: 0,
    dataLength: undefined,
    sampleType,
  };
}

function factsOf(given: GivenFacts, found: IqFacts): IqFacts {
  return {
    sampleRate: given.sampleRate ?? found.sampleRate,
    centerFreq: given.centerFreq ?? found.centerFreq,
    timestampNs: given.timestampNs ?? found.timestampNs,
  };
}
