import { FrameError } from '../../samples/FrameError.js';
import type { Frame } from '../../frame/types.js';
import { isRate, SampleTime } from '../../frame/SampleTime.js';
import { SequenceWindow } from '../../operators/flows/SequenceWindow.js';
import { samplesIn } from '../samples/samplesIn.js';
import { streamIndexOf } from '../samples/streamIndex.js';

/** The relation of a frame to the previous one. */
export type Step =
  | { readonly kind: 'follows' | 'late' | 'begins' | 'retuned' | 'jumped' }
  /** The number of missing frames; `undefined` samples: their number is not known. */
  | { readonly kind: 'gap'; readonly missing: number; readonly lost: number | undefined }
  /** It does not fit into the same recording: another rate or sample type, or a restarted sender. */
  | { readonly kind: 'splits'; readonly isNewStream: boolean; readonly missing: number; readonly lost: number };

/** Jitter must not begin a capture with each frame: each reported jump doubles the tolerance, up to this. */
const MOST_JITTER_MS = 1000;
const NS_PER_MS = 1e6;
/** Times in whole ns are not exact multiples of a sample. */
const EXACT_NS = 1000;

const FOLLOWS = { kind: 'follows' } as const;

/** Follows the frames of one stream: detects retunes, losses, and frames that do not fit. */
export class StreamFollower {
  readonly #of: string;
  readonly #doubles: boolean;
  readonly #formerPeers = new Set<number | undefined>();
  #window = new SequenceWindow();
  #before: Frame | undefined;
  #time: SampleTime | undefined;
  /** The timestamp from which later ones are computed, and the number of samples since then. */
  #anchorNs = 0n;
  #samples = 0;
  #jitterNs: number;
  /** The number of frames whose time was exact to the sample; negative if one was not. Such a clock can measure losses. */
  #exactSteps = 0;
  /** All frames since the last border, except the first, had the same number of samples. */
  #isConstant = true;

  /** @param jitterMs `undefined`: 1, and more if timestamps turn out to scatter */
  constructor(of: string, jitterMs: number | undefined) {
    this.#of = of;
    this.#doubles = jitterMs === undefined;
    this.#jitterNs = (jitterMs ?? 1) * NS_PER_MS;
  }

  /** @param isCounted the sequence number and time of the frame are meaningful: it was not a bare array */
  take(frame: Frame, isCounted: boolean): Step {
    const before = this.#before;
    if (before === undefined) {
      this.#window.take(frame.sequence);
      return this.#begin(frame, { kind: 'begins' });
    }
    this.#requireSameStream(frame, before);
    const step = this.#compare(frame, before, isCounted);
    if (step.kind === 'late') return step;
    this.#isConstant = this.#isConstant && frame.numSamples === before.numSamples;
    if (step.kind !== 'follows' && step.kind !== 'retuned') return this.#begin(frame, step);
    this.#before = frame;
    this.#samples += frame.numSamples;
    return step;
  }

  #begin(frame: Frame, step: Step): Step {
    const { sampleRate, timestampNs, numSamples } = frame;
    if (this.#time === undefined || this.#before?.sampleRate !== sampleRate) {
      this.#time = isRate(sampleRate) ? new SampleTime(sampleRate) : undefined;
    }
    if (step.kind === 'splits' || step.kind === 'begins') this.#isConstant = true;
    this.#before = frame;
    this.#anchorNs = timestampNs;
    this.#samples = numSamples;
    return step;
  }

  #compare(frame: Frame, before: Frame, isCounted: boolean): Step {
    const isNewSender = frame.peer !== before.peer;
    const missing = isNewSender ? 0 : this.#missing(frame, before, isCounted);
    if (missing === undefined) return { kind: 'late' };
    if (isNewSender || missing < 0) {
      this.#restart(frame, before.peer);
      return { kind: 'splits', isNewStream: true, missing: 0, lost: 0 };
    }
    const lost = missing === 0 ? 0 : this.#lost(frame, before, missing);
    if (frame.sampleRate !== before.sampleRate || frame.sampleType !== before.sampleType) {
      return { kind: 'splits', isNewStream: false, missing, lost: lost ?? 0 };
    }
    if (missing > 0) return { kind: 'gap', missing, lost };
    if (isCounted && this.#hasJumped(frame)) return { kind: 'jumped' };
    return frame.centerFreq === before.centerFreq ? FOLLOWS : { kind: 'retuned' };
  }

  /** The number of missing frames; -1: the sender has restarted; `undefined`: the frame is late, or has arrived before. */
  #missing(frame: Frame, before: Frame, isCounted: boolean): number | undefined {
    const { sequence } = frame;
    const isMadeByHand = sequence === 0 && before.sequence === 0;
    if (!isCounted || isMadeByHand) return 0;
    const expected = this.#window.next;
    const fault = this.#window.take(sequence);
    if (fault === undefined) return 0;
    if (fault === 'missing') return sequence - expected;
    return fault === 'restarted' || sequence === 0 ? -1 : undefined;
  }

  #restart(frame: Frame, formerPeer: number | undefined): void {
    if (frame.peer !== formerPeer) this.#formerPeers.add(formerPeer);
    this.#window = new SequenceWindow();
    this.#window.take(frame.sequence);
    this.#exactSteps = 0;
  }

  #hasJumped(frame: Frame): boolean {
    if (this.#time === undefined) return false;
    const offNs = Number(frame.timestampNs - this.#time.at(this.#anchorNs, this.#samples));
    if (Math.abs(offNs) <= EXACT_NS) this.#exactSteps += this.#exactSteps < 0 ? 0 : 1;
    else this.#exactSteps = -1;
    // early frames have the time when they were created or sent, faster than the signal lasts: a clock can only lose time
    if (offNs <= this.#jitterNs && -offNs <= MOST_JITTER_MS * NS_PER_MS) return false;
    if (this.#doubles) this.#jitterNs = Math.min(this.#jitterNs * 2, MOST_JITTER_MS * NS_PER_MS);
    return true;
  }

  #lost(frame: Frame, before: Frame, missing: number): number | undefined {
    const known = (streamIndexOf(frame) ?? NaN) - (streamIndexOf(before) ?? NaN) - before.numSamples;
    if (known > 0) return known; // both were read from a recording, unchanged
    const expectedNs = this.#time?.at(this.#anchorNs, this.#samples);
    const elapsed = expectedNs === undefined ? 0 : samplesIn(frame.timestampNs - expectedNs, before.sampleRate);
    const byTime = Math.round(elapsed);
    if (this.#exactSteps > 0 && byTime > 0) return byTime;
    if (this.#isConstant && frame.numSamples === before.numSamples) return missing * frame.numSamples;
    return byTime > 0 ? byTime : undefined;
  }

  #requireSameStream(frame: Frame, before: Frame): void {
    const { streamId, peer } = frame;
    const hint = 'part them first: groupBy(({ streamId, peer }) => ...), and a recording for each';
    if (streamId !== before.streamId) {
      const text = `${this.#of}: a recording holds one stream, ${before.streamId}, and this frame is of stream ${streamId}; ${hint}`;
      throw new FrameError('value', text);
    }
    if (peer !== before.peer && this.#formerPeers.has(peer)) {
      throw new FrameError('value', `${this.#of}: frames of peers ${before.peer} and ${peer} come mixed; ${hint}`);
    }
  }
}
