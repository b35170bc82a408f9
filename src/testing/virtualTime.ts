import { VirtualTimeError } from '../errors.js';
import { checkOptions, isDuration, isFunction, isInteger, type Rule } from '../options/rules.js';
import { requireOption } from '../options/requireOption.js';
import { currentVirtualTime, enterVirtualTime } from '../time/VirtualTime.js';
import type { VirtualHelpers } from './VirtualHelpers.js';
import { VirtualRun } from './VirtualRun.js';
import { VirtualScheduler } from './VirtualScheduler.js';
import { RunEnvironment } from './RunEnvironment.js';
import { withOwnDemand } from './withOwnDemand.js';

/** Options of {@link virtualTime}. */
export interface VirtualTimeOptions {
  /**
   * Compares values other than frames, and throws if they differ: `(actual, expected) => expect(actual).toEqual(expected)`.
   * @default field by field, with matchers of vitest and jest; an error may be given by some of its fields
   */
  readonly deepEqual?: ((actual: unknown, expected: unknown) => void) | undefined;
  /** The maximum difference between samples and expected samples. @default 0 */
  readonly tolerance?: number | undefined;
  /** The delay of bytes from one side to the other, in ms; not over inproc. @default 0 */
  readonly latencyMs?: number | undefined;
  /** How many bytes may be on the way, in each direction of each connection. @default 65,536 */
  readonly bufferBytes?: number | undefined;
  /** The maximum number of events; a run with more is endless. @default 200,000 */
  readonly maxEvents?: number | undefined;
}

const isTolerance: Rule = (value) => (typeof value === 'number' && value >= 0 ? undefined : 'a number from 0 up');

const rules = {
  deepEqual: isFunction,
  tolerance: isTolerance,
  latencyMs: isDuration(0),
  bufferBytes: isInteger(1),
  maxEvents: isInteger(1),
};

/**
 * Runs pipelines with their sockets in virtual time, under RxJS's TestScheduler: `tcp://`, `ipc://` and `inproc://` URLs stay as
 * they are, and no real time passes. When it returns, the run is over and checked.
 *
 * In the function, a character of a diagram is a millisecond. Everything uses that time: timers and operators of RxJS, time-outs,
 * retries, reconnects, heartbeats and timestamps. Each run has its own network and names, and closes them.
 *
 * @param test makes the pipelines, feeds them, and states the expected results; not async
 * @param options how values are compared, and how the network behaves
 * @throws Error if something is not as expected: which endpoint, when, which sample
 * @throws VirtualTimeError if something was left open, needs real time, or never ends
 * @throws OptionError if an option is invalid
 * @example
 * ```ts
 * virtualTime(({ run, feed, expectEndpoint }) => {
 *   run(fromPull('tcp://radio:5555').pipe(delay(2), toPub('tcp://*:5556')));
 *   feed('tcp://radio:5555', 'a-b-c');
 *   expectEndpoint('tcp://*:5556').toBe('--a-b-c');
 * });
 * ```
 */
export function virtualTime(test: (helpers: VirtualHelpers) => void, options: VirtualTimeOptions = {}): void {
  requireOption('virtualTime', 'test', test, isFunction);
  checkOptions('virtualTime', options, rules);
  if (currentVirtualTime())
    throw new VirtualTimeError('virtualTime was called within a run; runs stand beside each other');
  const { deepEqual, tolerance = 0, latencyMs = 0, bufferBytes, maxEvents = 200_000 } = options;
  const scheduler = new VirtualScheduler();
  const environment = new RunEnvironment(scheduler, { latencyMs, bufferBytes, maxEvents });
  withOwnDemand(() => {
    enterVirtualTime(environment);
    try {
      scheduler.run((rx) => {
        const run = new VirtualRun(scheduler, environment, rx, { deepEqual, tolerance });
        try {
          requireSynchronous(test(run.helpers));
          run.flush();
          run.end();
        } finally {
          environment.destroy(); // while the timers of the run are still in force
        }
      });
    } catch (error) {
      throw environment.failure ?? error;
    } finally {
      enterVirtualTime(undefined);
    }
  });
}

function requireSynchronous(result: unknown): void {
  if (typeof (result as { then?: unknown } | undefined)?.then !== 'function') return;
  throw new VirtualTimeError(
    'virtualTime: the function gave a Promise; virtual time passes while it runs, and waits for none',
  );
}
