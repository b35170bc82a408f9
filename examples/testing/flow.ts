// #region gain
import { defer, filter, map, type Observable, pipe, type OperatorFunction } from 'rxjs';
import { type Frame, fromPull, json, request, toPub, topic } from 'rxzmq';

type Samples = Frame<'cf32'>;

/** Brings the noise floor to a power of 1, and follows it slowly. */
export function gain(): OperatorFunction<Samples, Samples> {
  return (source) =>
    defer(() => {
      let floor = 0; // one for each subscription
      return source.pipe(
        map((frame) => {
          const power = powerOf(frame);
          floor ||= power;
          const factor = 1 / Math.sqrt(floor);
          floor += (power - floor) / 4;
          return { ...frame, samples: frame.samples.map((value) => value * factor) };
        }),
      );
    });
}

function powerOf({ samples, numSamples }: Samples): number {
  return samples.reduce((sum, value) => sum + value * value, 0) / numSamples;
}
// #endregion gain

// #region detection
/** What stands out from the noise. */
export interface Signal {
  readonly mhz: number;
  readonly power: number;
  readonly kind?: string;
}

export function detect(threshold: number): OperatorFunction<Samples, Signal> {
  return pipe(
    map((frame) => ({ mhz: frame.centerFreq / 1e6, power: powerOf(frame) })),
    filter(({ power }) => power >= threshold),
  );
}
// #endregion detection

// #region classification
/** Asks a service what a signal is; where it does not answer, nobody knows. */
export function classify(url: string): OperatorFunction<Signal, Signal> {
  return request(url, {
    codec: json<Signal>(),
    timeoutMs: 20,
    retries: 1,
    onTimeout: (signal) => ({ ...signal, kind: 'unknown' }),
  });
}
// #endregion classification

// #region flow
export function watch(radio: string, classifier: string, out: string): Observable<unknown> {
  return fromPull(radio, { sampleType: 'cf32' }).pipe(
    gain(),
    detect(8),
    classify(classifier),
    map((signal) => ({ topic: `signals.${signal.kind}`, value: signal })),
    toPub(out, { codec: topic(json<Signal>()), waitForSubscribers: 1 }),
  );
}
// #endregion flow
