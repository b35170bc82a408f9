import { defer, finalize, type MonoTypeOperatorFunction, tap } from 'rxjs';
import type { Frame } from '../../index.js';
import type { Output } from './Output.js';
import { progressText } from './progressText.js';
import type { Totals } from './Totals.js';

const ON_TERMINAL_MS = 200;
const AS_JSON_MS = 1000;

/** How progress is told. */
export interface ProgressSettings {
  readonly output: Output;
  readonly totals: Totals;
  readonly json: boolean;
  /** How many samples there will be, as soon as that is known. */
  readonly goal: () => number | undefined;
}

/** Counts frames, and tells about them: a line at the bottom of a terminal, JSON each second, in a pipe nothing. */
export function progress<F extends Frame>({
  output,
  totals,
  json,
  goal,
}: ProgressSettings): MonoTypeOperatorFunction<F> {
  let before = { ms: performance.now(), samples: 0, bytes: 0 };
  let rates = { samplesPerSecond: 0, bytesPerSecond: 0 };
  const told = (): void => {
    const now = performance.now();
    if (now - before.ms >= AS_JSON_MS) {
      const perSecond = 1000 / (now - before.ms);
      rates = {
        samplesPerSecond: (totals.samples - before.samples) * perSecond,
        bytesPerSecond: (totals.bytes - before.bytes) * perSecond,
      };
      before = { ms: now, samples: totals.samples, bytes: totals.bytes };
    }
    if (json) output.line(JSON.stringify({ event: 'progress', ...totals.toJSON(), ...rates }));
    else output.progress(progressText(totals, rates, goal(), output.columns - 1));
  };
  return (frames) =>
    defer(() => {
      const isTold = json || output.hasProgress;
      const ticking = isTold ? setInterval(told, json ? AS_JSON_MS : ON_TERMINAL_MS) : undefined;
      return frames.pipe(
        tap((frame) => totals.add(frame)),
        finalize(() => clearInterval(ticking)),
      );
    });
}
