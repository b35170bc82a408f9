import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { FrameError } from '../../samples/FrameError.js';
import { checkFrame } from '../../frame/checkFrame.js';
import { createStamp, type StampSettings } from '../../frame/createStamp.js';
import type { Frame, FrameInput } from '../../frame/types.js';
import { defaultClock } from '../../rx/defaultClock.js';
import { describe } from '../../basics/describe.js';
import { warn } from '../../basics/warn.js';
import { SUFFIX } from '../files/names.js';
import { loadTar } from '../files/loadTar.js';
import { packRecordings } from '../files/packRecordings.js';
import { requireFree, requireNoFolder } from '../files/requireFree.js';
import { streamIndexOf } from '../samples/streamIndex.js';
import type { SigmfAnnotation, SigmfCapture, SigmfGlobal } from '../metadata/types.js';
import { type AnnotateFrame, annotationsOf, gapAnnotation, tagAnnotations } from './annotations.js';
import { captureOf, type DescribeCapture } from './captureOf.js';
import { CollectionFile } from './CollectionFile.js';
import { datatypeOf, globalOf } from './globalOf.js';
import { SigmfTrack } from './SigmfTrack.js';
import { type Step, StreamFollower } from './StreamFollower.js';
import type { Recorder, Taken } from './Track.js';

export interface SigmfRecorderSettings {
  readonly of: string;
  /** Folder and base name. */
  readonly base: string;
  /** The archive into which all files are packed at the end. */
  readonly archive: string | undefined;
  readonly stamp: StampSettings;
  readonly global: Partial<SigmfGlobal>;
  /** Extensions that `global` declares. */
  readonly namespaces: readonly string[];
  readonly capture: DescribeCapture | undefined;
  readonly annotate: AnnotateFrame | undefined;
  readonly fillGaps: number;
  readonly jitterMs: number | undefined;
  readonly hashes: boolean;
  readonly overwrite: boolean;
}

/** Decides to which recording and capture a frame belongs. */
export class SigmfRecorder implements Recorder {
  readonly #settings: SigmfRecorderSettings;
  readonly #stamp;
  readonly #follower: StreamFollower;
  readonly #collection: CollectionFile;
  #track: SigmfTrack | undefined;
  #number = 0;
  /** The index of the next sample: in the recording, and in the stream. */
  #sampleStart = 0;
  #globalIndex = 0;
  #late = 0;

  constructor(settings: SigmfRecorderSettings) {
    const { of, base, stamp, jitterMs } = settings;
    this.#settings = settings;
    this.#stamp = createStamp({ ...stamp, sequence: 'preserve' }, () => defaultClock.wallNs());
    this.#follower = new StreamFollower(of, jitterMs);
    this.#collection = new CollectionFile(of, base);
  }

  async prepare(): Promise<void> {
    const { of, base, archive, overwrite } = this.#settings;
    await requireNoFolder(of, base);
    if (archive !== undefined) await loadTar(of); // it is used at the end, when a missing package would be a loss
    const ends = [SUFFIX.meta, SUFFIX.data, SUFFIX.collection];
    await requireFree(of, [...ends.map((end) => base + end), ...(archive === undefined ? [] : [archive])], overwrite);
  }

  take(input: unknown): Taken | undefined {
    const { of } = this.#settings;
    const isBare = ArrayBuffer.isView(input);
    const frame = isBare ? this.#stamp(input as FrameInput) : this.#counted(input);
    const { bytesPerSample } = datatypeOf(of, frame);
    const step = this.#follower.take(frame, !isBare);
    if (step.kind === 'late') return this.#leaveOut(frame);

    const annotations: SigmfAnnotation[] = [];
    const filled = this.#goOn(step, frame, annotations);
    const capture = this.#captureFor(step, frame, filled);
    const start = this.#sampleStart;
    annotations.push(...tagAnnotations(input, start), ...annotationsOf(this.#settings, frame, start));
    this.#sampleStart += frame.numSamples;
    this.#globalIndex += frame.numSamples;

    const track = this.#track ?? this.#begin(frame);
    const { buffer, byteOffset, byteLength } = frame.samples;
    const note = capture === undefined && annotations.length === 0 ? undefined : noteFor(track, capture, annotations);
    return {
      frame,
      bytes: new Uint8Array(buffer, byteOffset, byteLength),
      track,
      zeros: filled * bytesPerSample,
      note,
    };
  }

  async finish(): Promise<void> {
    const { of, archive, overwrite } = this.#settings;
    if (archive === undefined || this.#collection.bases.length === 0) return;
    const collection = this.#number > 1 ? this.#collection.path : undefined;
    await packRecordings(of, archive, this.#collection.bases, collection, { overwrite, deletes: true });
  }

  /** @throws FrameError */
  #counted(input: unknown): Frame {
    const { stamp, of } = this.#settings;
    const { elementsPerSample, name } = checkFrame(input);
    const frame = input as Frame;
    if (stamp.sampleType !== undefined && stamp.sampleType !== name) {
      throw new FrameError(
        'sampleType',
        `${of}: a frame of ${name} was given where sampleType is '${stamp.sampleType}'`,
      );
    }
    const numSamples = frame.samples.length / elementsPerSample;
    return frame.numSamples === numSamples ? frame : { ...frame, numSamples };
  }

  /** Advances to the beginning of the frame. Returns the number of zeros before it. */
  #goOn(step: Step, frame: Frame, annotations: SigmfAnnotation[]): number {
    if (step.kind === 'begins') {
      this.#globalIndex = streamIndexOf(frame) ?? 0;
      this.#begin(frame);
    }
    if (step.kind === 'splits') {
      this.#globalIndex = step.isNewStream ? (streamIndexOf(frame) ?? 0) : this.#globalIndex + step.lost;
      this.#begin(frame);
    }
    if (step.kind !== 'gap') return 0;
    const { missing, lost } = step;
    const filled = lost !== undefined && lost <= this.#settings.fillGaps ? lost : 0;
    annotations.push(gapAnnotation(this.#sampleStart, missing, lost, filled));
    this.#globalIndex += lost ?? 0;
    this.#sampleStart += filled;
    return filled;
  }

  #begin(frame: Frame): SigmfTrack {
    const { of, base, global, hashes, overwrite } = this.#settings;
    const former = this.#track;
    do this.#number += 1;
    while (this.#number > 1 && !overwrite && existsSync(this.#base() + SUFFIX.meta));
    this.#track = new SigmfTrack({
      of,
      base: this.#base(),
      global: globalOf(of, frame, global),
      bytesPerSample: datatypeOf(of, frame).bytesPerSample,
      hashes,
      overwrite,
      closed: (path, metaText) => this.#collection.add(path, metaText, this.#number > 1),
    });
    if (former) for (const track of [former, this.#track]) track.joins(basename(base));
    this.#sampleStart = 0;
    return this.#track;
  }

  #base(): string {
    const { base } = this.#settings;
    return this.#number === 1 ? base : `${base}-${String(this.#number).padStart(4, '0')}`;
  }

  #captureFor(step: Step, frame: Frame, filled: number): SigmfCapture | undefined {
    const isFilled = step.kind === 'gap' && filled > 0 && frame.centerFreq === this.#frequency;
    this.#frequency = frame.centerFreq;
    if (step.kind === 'follows' || isFilled) return undefined;
    return captureOf(this.#settings, frame, this.#sampleStart, this.#globalIndex);
  }

  #frequency = 0;

  #leaveOut(frame: Frame): undefined {
    this.#late += 1;
    if (this.#late > 1) return;
    const { of, base } = this.#settings;
    const what = `frame ${describe(frame.sequence)}, which came late or twice`;
    warn(`${of} ${base} left out ${what}; a recording cannot go back, and further ones are left out too`);
  }
}

function noteFor(track: SigmfTrack, capture: SigmfCapture | undefined, annotations: readonly SigmfAnnotation[]) {
  return () => {
    if (capture) track.addCapture(capture);
    for (const annotation of annotations) track.addAnnotation(annotation);
  };
}
