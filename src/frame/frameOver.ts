import type { SampleType, SamplesByType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';

/** A frame with the metadata of another, over samples, number and time of its own. */
export function frameOver(
  lead: Frame,
  sampleType: SampleType,
  samples: SamplesByType[SampleType],
  numSamples: number,
  sequence: number,
  timestampNs: bigint,
): Frame {
  const { sampleRate, centerFreq, streamId, flags, protocol, version, peer } = lead;
  // literals, one for each shape: a key added later, or a spread, costs more than all the rest
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
  ) as Frame; // whoever calls has matched the class with the type
}
