import type { OperatorFunction } from 'rxjs';
import type { Driver } from '../../driver/Driver.js';
import { transparent } from '../../rx/transparent.js';
import type { SampleType } from '../../samples/types.js';

/** Makes a sink send an end of stream at completion, and not emit it. */
export function sendEnd(
  sink: OperatorFunction<unknown, never>,
  end: NonNullable<Driver['endOfStream']>,
  sampleType: SampleType | undefined,
): OperatorFunction<unknown, never> {
  const withEnd: OperatorFunction<unknown, unknown> = transparent((out) => ({
    next: (value) => out.next(value),
    complete() {
      out.next(end.make(sampleType));
      out.complete();
    },
  }));
  const withoutEnd: OperatorFunction<never, never> = transparent((out) => ({
    next(value) {
      if (!end.is(value)) out.next(value);
    },
    complete: () => out.complete(),
  }));
  return (source) => source.pipe(withEnd, sink, withoutEnd);
}
