import type { SampleType } from '../../samples/types.js';
import { decodeComplex, decodeReceiverBytes } from '../samples/decodeComplex.js';
import { type Datatype, parseDatatype } from '../samples/Datatype.js';
import { type ReadAt, readWavHeader } from '../wav/readWavHeader.js';
import { datatypeOfFormat, type IqFormat } from './IqFormat.js';

/** What is said of the samples of a file that says nothing itself. */
export interface IqFacts {
  readonly sampleRate: number;
  readonly centerFreq: number;
  /** `undefined`: not known. */
  readonly timestampNs: bigint | undefined;
}

/** What the caller says of them. */
type GivenFacts = { readonly [K in keyof IqFacts]?: IqFacts[K] | undefined };

/** How the samples of a file are to be read. */
export interface IqSource extends IqFacts {
  readonly datatype: Datatype;
  readonly decode: typeof decodeComplex;
  /** Where they begin. */
  readonly dataOffset: number;
  /** `undefined`: as far as the file goes. */
  readonly dataLength: number | undefined;
  readonly sampleType: SampleType | undefined;
}

/** Reads the header, where there is one. What the caller says goes before what that says. */
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
    const datatype = parseDatatype(`c${kind}${bits}`) as Datatype; // the header's reader takes no others
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
