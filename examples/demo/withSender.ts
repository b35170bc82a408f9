import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Observable, Subscription } from 'rxjs';
import { type SampleType } from 'rxzmq';

const program = fileURLToPath(new URL('./sender.ts', import.meta.url));
const patienceMs = 2000;

/** Runs the sender in a process of its own for as long as something made from its endpoint is subscribed to. */
export function withSender<T>(type: SampleType, use: (endpoint: string) => Observable<T>): Observable<T> {
  return new Observable((out) => {
    // Nothing may write into the picture but the picture; what the sender has to complain about is told on stderr.
    const sender = fork(program, [type], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const using = new Subscription();
    let told = false;

    sender.once('message', (endpoint) => {
      told = true;
      using.add(use(endpoint as string).subscribe(out));
    });
    sender.once('error', (error) => out.error(error));
    sender.once('exit', (code, signal) => {
      // Later on the viewer sees for itself that nobody sends. Ctrl-C reaches both processes, in any order.
      if (told || signal === 'SIGINT') return;
      out.error(new Error(`the sender did not start: it ended with ${signal ?? `exit code ${String(code)}`}`));
    });
    return () => {
      using.unsubscribe();
      if (sender.connected) sender.disconnect(); // which it takes as the end
      if (sender.exitCode !== null || sender.signalCode !== null) return;
      const overdue = setTimeout(() => sender.kill('SIGKILL'), patienceMs);
      sender.once('exit', () => clearTimeout(overdue));
    };
  });
}
