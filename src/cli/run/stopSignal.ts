import { ReplaySubject, type Observable } from 'rxjs';
import { Failure } from './Failure.js';

/** Why the program should end. */
export interface Stop {
  readonly reason: string;
  /** How many times it was asked: from the second time on it does not wait for anything. */
  readonly times: number;
}

/** Ctrl-C in a terminal reaches the processes of a pipeline, and those under npx, more than once: these count as one. */
const SAME_PRESS_MS = 500;

/**
 * Emits when the process is asked to end, and each time that it is asked again. It goes on listening: what comes more than once within
 * half a second is one question, and must not cut the tidy end short. It fails if the results cannot be written, as on a full disk.
 */
export function stopSignal(): Observable<Stop> {
  const stops = new ReplaySubject<Stop>(1);
  let times = 0;
  let lastMs = -Infinity;
  const stop = (reason: string): void => {
    const now = performance.now();
    if (now - lastMs < SAME_PRESS_MS) return;
    lastMs = now;
    times += 1;
    stops.next({ reason, times });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return stop('EPIPE'); // `| head` takes what it wants and goes
    const failure = new Failure(`the standard output cannot be written: ${error.message.replace(/, write$/, '')}`);
    setImmediate(() => stops.error(failure)); // a sink that wrote it hears of it too, and says what it has kept
  });
  process.stderr.on('error', () => undefined); // nobody reads what could be said about it

  // A signal to npm itself reaches only the shell it runs scripts in, which then dies and leaves this process behind.
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      stop('npm has gone');
    }, 250);
    watch.unref();
  }
  return stops;
}
