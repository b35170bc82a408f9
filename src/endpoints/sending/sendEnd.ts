import type { OperatorFunction } from 'rxjs';
import { endOfStream, isEndOfStream } from '../../dpstream/EndOfStream.js';
import { transparent } from '../../rx/transparent.js';
import type { SampleType } from '../../samples/types.js';

/** A sink that says at completion that nothing more comes, and does not show that it did. */
export function sendEnd(
  sink: OperatorFunction<unknown, never>,
  sampleType: SampleType | undefined,
): OperatorFunction<unknown, never> {
  return (source) => source.pipe(withEnd(sampleType), sink, withoutEnd);
}

function withEnd(sampleType: SampleType | undefined): OperatorFunction<unknown, unknown> {
  return transparent((out) => ({
    next: (value) => out.next(value),
    complete() {
      out.next(endOfStream(sampleType));
      out.complete();
    },
  }));
}

const withoutEnd: OperatorFunction<never, never> = transparent((out) => ({
  next(value) {
    if (!isEndOfStream(value)) out.next(value);
  },
  complete: () => out.complete(),
}));
