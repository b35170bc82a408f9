// The demo's second process: sends the signal until the first one goes away.
import { fromEvent, merge, takeUntil } from 'rxjs';
import { anyPort, toType } from './args.js';
import { send } from './send.js';
import { stopSignal } from './stopSignal.js';

const type = toType(process.argv[2] ?? 'cf32');

send(anyPort, type, (status) => {
  if (status.kind === 'listening') process.send?.(status.endpoint);
})
  .pipe(takeUntil(merge(stopSignal(), fromEvent(process, 'disconnect'))))
  .subscribe({
    error(error: unknown) {
      console.error(error);
      process.exitCode = 1;
      process.disconnect();
    },
  });
