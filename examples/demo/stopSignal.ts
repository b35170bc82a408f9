import { ReplaySubject, type Observable } from 'rxjs';

/**
 * Emits when the process is asked to end. It goes on listening: Ctrl-C in a terminal reaches the processes of a
 * pipeline more than once, and the second one must not cut the tidy end short.
 */
export function stopSignal(): Observable<string> {
  const stop = new ReplaySubject<string>(1);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.next(signal));
  process.stdout.on('error', () => stop.next('nobody reads')); // `| head` takes what it wants and goes

  // A signal to npm itself reaches only the shell it runs scripts in, which then dies and leaves this process behind.
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid !== parent) stop.next('npm has gone');
    }, 250);
    watch.unref();
  }
  return stop;
}
