import type { SampleType, SamplesByType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';

/** A frame with the metadata of another, but its own samples, number and time. */
export function frameOver(
  lead: Frame,
  sampleType: SampleType,
  samples: SamplesByType[SampleType],
  numSamples: number,
  sequence: number,
  timestampNs: bigint,
): Frame {
  const { sampleRate, centerFreq, streamId, flags, protocol, version, peer } = lead;
  // literals, one for each shape: a key added later, or a spread, costs more than everything else here
  return (
    peer === undefined
      ? {
          sampleType,
          samples,
          numSamples,
          sampleRate,
          centerFreq,
          sequence,
          timestampNs,
          streamId,
          flags,
          protocol,
          version,
        }
      : {
          sampleType,
          samples,
          numSamples,
          sampleRate,
          centerFreq,
          sequence,
          timestampNs,
          streamId,
          flags,
          protocol,
          version,
          peer,
        }
  ) as Frame; // the caller has checked that class and type match
}
