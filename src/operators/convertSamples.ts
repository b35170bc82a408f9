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

/** A frame with values that did not fit into the new sample type. */
export interface Saturation {
  /** How many I and Q values of this frame were set to the nearest value that fits, or to 0 for NaN. */
  readonly count: number;
  /** The same since subscription. */
  readonly total: number;
  /** The frame before conversion. */
  readonly frame: Frame;
}

/** Options of {@link convertSamples}. */
export interface ConvertSamplesOptions {
  /** A function or observer (such as a `Subject`) that receives each frame that saturated, before it is emitted. */
  readonly onSaturated?: Listener<Saturation> | undefined;
}

/**
 * Converts the samples of each frame to another sample type.
 *
 * Full scale is 1.0 for floats and 2^(bits - 1) for integers: 1.0, 128 in ci8 and 32768 in ci16 are the same level. Values are rounded
 * to the nearest integer, halves upwards. Values out of range, such as 1.0 itself, saturate and are counted. Between float types values
 * stay the same; one too large for cf32 becomes infinity. A frame that has the sample type already passes unchanged.
 *
 * **Delivery** Lossless. Demand crosses it.
 *
 * **Ends** With its source. An exception of `onSaturated` is an error.
 * ```text
 * source   -a-----b-----|     a = 0.5 -0.5, b = 2 0
 * output   -A-----B-----|     to ci8: A = 64 -64, B = 127 0
 * ```
 *
 * **Example**
 * {@includeCode ../../examples/convertSamples.ts#main}
 *
 * @param sampleType the type of the frames that it emits
 * @param options what is called when values are cut off
 * @throws OptionError at the call
 * @see {@link cu8ToFloat32}, {@link sc16Q11ToFloat32} and {@link halfToFloat32}, for formats that are not sample types of frames
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
