import { PROTOCOL, VERSION } from '../../frame/header.js';
import type { SampleType } from '../../samples/types.js';
import type { Frame } from '../../frame/types.js';
import { RecordingError } from '../errors.js';
import { readBlocks } from '../files/readBlocks.js';
import { decodeComplex } from '../samples/decodeComplex.js';
import { decodeItems } from '../samples/decodeItems.js';
import type { Items } from '../samples/Items.js';
import { pickChannel } from '../samples/pickChannel.js';
import { setStreamIndex } from '../samples/streamIndex.js';
import type { Part } from './Part.js';
import type { Segment } from './segments.js';

/** How to read samples. */
export interface ReadingSettings {
  readonly of: string;
  /** The maximum number of samples of a block. */
  readonly blockSamples: number;
  /** The sample type to convert to. */
  readonly sampleType: SampleType | undefined;
  /** Decodes complex samples. @default as in SigMF */
  readonly decode?: typeof decodeComplex;
  /** How many times everything is read. */
  readonly laps: number;
}

/** A block of a segment. */
interface BlockSpan {
  readonly offset: number;
  readonly length: number;
  readonly segment: Segment;
  /** Samples of the segment before it. */
  readonly before: number;
}

/** Reads recordings one after the other, in blocks that never span a gap or a retune. */
export async function* readParts(
  settings: ReadingSettings,
  parts: readonly Part[],
): AsyncGenerator<Frame | Items, void, undefined> {
  let sequence = 0;
  for (let lap = 0; lap < settings.laps; lap += 1) {
    for (const part of parts) {
      const { found, layout } = part;
      for await (const { span, bytes } of readBlocks(settings.of, found.data, spansOf(part, settings.blockSamples))) {
        // a gap skips as many numbers as the lost blocks would have had
        if (span.before === 0) sequence += Math.ceil(span.segment.lost / settings.blockSamples);
        const { startNs, globalIndex } = span.segment;
        const timestampNs = layout.time?.at(startNs, span.before) ?? startNs;
        for (const block of blocksOf(settings, found, bytes, sequence, timestampNs, span.segment)) {
          if ('samples' in block) setStreamIndex(block, globalIndex + span.before);
          yield block;
        }
        sequence += 1;
      }
    }
    if (parts.every(({ segments }) => segments.length === 0)) return; // otherwise this would loop for ever
  }
}

function* spansOf({ segments, layout: { stride } }: Part, blockSamples: number): Generator<BlockSpan, void, undefined> {
  for (const segment of segments) {
    for (let before = 0; before < segment.numSamples; before += blockSamples) {
      const numSamples = Math.min(blockSamples, segment.numSamples - before);
      yield { offset: segment.byteStart + before * stride, length: numSamples * stride, segment, before };
    }
  }
}

/** The channels of one block. */
function* blocksOf(
  { of, sampleType: wanted, decode = decodeComplex }: ReadingSettings,
  { path, read }: Part['found'],
  bytes: Uint8Array,
  sequence: number,
  timestampNs: bigint,
  { frequency: centerFreq }: Segment,
): Generator<Frame | Items, void, undefined> {
  const { datatype, numChannels, sampleRate } = read;
  if (!datatype.isComplex && wanted !== undefined) {
    const text = `${of}: ${path} holds real samples, ${datatype.name}, where sampleType is '${wanted}'`;
    throw new RecordingError(path, text, undefined, 'core:datatype');
  }
  const block = datatype.isComplex ? decode(bytes, datatype, wanted) : decodeItems(bytes, datatype);
  for (let streamId = 0; streamId < numChannels; streamId += 1) {
    if ('items' in block) {
      const { itemType } = block;
      const items = numChannels === 1 ? block.items : pickChannel(block.items, streamId, numChannels, 1);
      yield { itemType, items, numItems: items.length, sampleRate, centerFreq, sequence, timestampNs, streamId };
    } else {
      const { sampleType } = block;
      const width = sampleType === 'cf128' ? 32 : 2;
      const samples = numChannels === 1 ? block.samples : pickChannel(block.samples, streamId, numChannels, width);
      yield {
        sampleType,
        samples,
        numSamples: samples.length / width,
        sampleRate,
        centerFreq,
        sequence,
        timestampNs,
        streamId,
        flags: 0,
        protocol: PROTOCOL,
        version: VERSION,
      } as Frame; // the decoder has checked that class and type match
    }
  }
}
