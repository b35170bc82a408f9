import type { OperatorFunction } from 'rxjs';
import { frameRules } from '../frame/frameOptions.js';
import type { SampleType } from '../samples/types.js';
import type { Frame } from '../frame/types.js';
import { convert } from '../samples/convert.js';
import { frameOver } from '../frame/frameOver.js';
import { checkOptions } from '../options/rules.js';
import { requireFrame } from '../frame/requireFrame.js';
import { requireOption } from '../options/requireOption.js';
import { demandOf } from '../rx/demandOf.js';
import { isListener, type Listener, notifier } from '../rx/notifier.js';
import { transparent } from '../rx/transparent.js';

/** A frame of which some numbers did not fit into the type that was asked for. */
export interface Saturation {
  /** I and Q values of this frame that got the nearest one that fits, or 0 for NaN. */
  readonly count: number;
  /** The same since the subscription began. */
  readonly total: number;
  /** The frame as it came. */
  readonly frame: Frame;
}

/** Options of {@link convertSamples}. */
export interface ConvertSamplesOptions {
  /** Hears of each frame that saturated, before that is passed on: a function, or an observer such as a `Subject`. */
  readonly onSaturated?: Listener<Saturation> | undefined;
}

/**
 * Turns the samples of each frame into another type.
 *
 * Full scale is 1.0 of a float, and 2^(bits - 1) of an integer: 1.0, 128 of ci8 and 32768 of ci16 are the same. Numbers
 * are rounded to the nearest integer, halves upwards; what is out of range, such as 1.0 itself, saturates and is counted.
 * Floats of another width keep their value; too large for cf32 is infinity. A frame of that type already passes as it is.
 *
 * **Delivery** Lossless. Demand crosses it.
 * **Ends** With its source. What `onSaturated` throws is an error.
 * ```text
 * source   -a-----b-----|     a = 0.5 -0.5, b = 2 0
 * output   -A-----B-----|     to ci8: A = 64 -64, B = 127 0
 * ```
 * **Example**
 * {@includeCode ../../examples/convertSamples.ts#main}
 * @throws OptionError at the call
 * @see {@link cu8ToFloat32}, {@link sc16Q11ToFloat32} and {@link halfToFloat32}, for what is no sample type of a frame
 */
export function convertSamples<T extends SampleType>(
  sampleType: T,
  options: ConvertSamplesOptions = {},
): OperatorFunction<Frame, Frame<T>> {
  requireOption('convertSamples', 'sampleType', sampleType, frameRules.sampleType);
  checkOptions('convertSamples', options, { onSaturated: isListener });
  return transparent<Frame, Frame<T>>((out) => {
    const notify = notifier(options.onSaturated, demandOf(out));
    let total = 0;
    return {
      next(frame) {
        const info = requireFrame('convertSamples', frame);
        if (info.name === sampleType) return out.next(frame as Frame<T>);
        const { samples, saturated } = convert(frame.samples, info.name, sampleType);
        if (saturated > 0) {
          total += saturated;
          notify?.({ count: saturated, total, frame });
        }
        const numSamples = frame.samples.length / info.elementsPerSample;
        out.next(
          frameOver(frame, sampleType, samples, numSamples, frame.sequence, frame.timestampNs) as unknown as Frame<T>,
        );
      },
      complete: () => out.complete(),
    };
  });
}
