import { ReplaySubject, type Observable } from 'rxjs';

/**
 * Emits when the process is asked to end. It goes on listening: Ctrl-C in a terminal reaches the processes of a
 * pipeline more than once, and the second one must not cut the tidy end short.
 */
export function stopSignal(): Observable<NodeJS.Signals> {
  const stop = new ReplaySubject<NodeJS.Signals>(1);
  process.stdout.on('error', () => stop.next('SIGPIPE')); // `| head` takes what it wants and goes
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.next(signal));
  return stop;
}
