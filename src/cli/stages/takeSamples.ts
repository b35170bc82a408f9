import { defer, map, type MonoTypeOperatorFunction, takeWhile } from 'rxjs';
import type { Frame } from '../../index.js';
import type { OperatorPiece } from '../code/operatorPiece.js';
import { literal } from '../code/literal.js';
import { Failure } from '../run/Failure.js';

/** Passes frames until so many samples have passed; the last frame is cut. `most` is asked with the first frame. */
export function takeSamples(most: (frame: Frame) => number): MonoTypeOperatorFunction<Frame> {
  return (frames) =>
    defer(() => {
      let left: number | undefined;
      return frames.pipe(
        map((frame) => {
          left ??= most(frame);
          const numSamples = Math.min(left, frame.numSamples);
          left -= numSamples;
          return { frame: firstOf(frame, numSamples), goesOn: left > 0 };
        }),
        takeWhile(({ goesOn }) => goesOn, true),
        map(({ frame }) => frame),
      );
    });
}

function firstOf(frame: Frame, numSamples: number): Frame {
  if (numSamples === frame.numSamples) return frame;
  const samples = frame.samples.subarray(0, (frame.samples.length / frame.numSamples) * numSamples);
  return { ...frame, samples, numSamples } as Frame;
}

/** The same as code. */
const helper = `/** Passes so many samples; the last frame is cut. \`most\` is asked with the first frame. */
function takeSamples<F extends Frame>(most: (frame: F) => number): MonoTypeOperatorFunction<F> {
  return (frames) =>
    defer(() => {
      let left: number | undefined;
      return frames.pipe(
        map((frame) => {
          left ??= most(frame);
          const numSamples = Math.min(left, frame.numSamples);
          left -= numSamples;
          const samples = frame.samples.subarray(0, (frame.samples.length / frame.numSamples) * numSamples);
          return { frame: { ...frame, samples, numSamples }, goesOn: left > 0 };
        }),
        takeWhile(({ goesOn }) => goesOn, true),
        map(({ frame }) => frame),
      );
    });
}
`;

/** What the helper imports. */
const imports = {
  rxjs: ['defer', 'map', 'type MonoTypeOperatorFunction', 'takeWhile'],
  rxzmq: ['type Frame'],
} as const;

/** Ends after so many samples. */
export function samplesPiece(count: number): OperatorPiece {
  return { make: () => takeSamples(() => count), text: `takeSamples(() => ${literal(count).text})`, imports, helper };
}

/** Ends after so many seconds of signal. */
export function secondsPiece(seconds: number): OperatorPiece {
  return {
    make: () =>
      takeSamples(({ sampleRate }) => {
        if (sampleRate > 0) return Math.max(1, Math.round(seconds * sampleRate));
        throw new Failure('the frames do not say their rate, so seconds cannot be counted: use --samples, or --rate');
      }),
    text: `takeSamples(({ sampleRate }) => Math.round(${literal(seconds).text} * sampleRate))`,
    imports,
    helper,
  };
}
