// The demo's second process: sends the signal until the first one goes away.
import { fromEvent, merge, of, takeUntil } from 'rxjs';
import { anyPort, toType } from './args.js';
import { send } from './send.js';
import { stopSignal } from '../../src/cli/run/stopSignal.js';

const type = toType(process.argv[2] ?? 'cf32');
// The first one may have gone before this one had even started.
const alone = process.connected ? fromEvent(process, 'disconnect') : of(undefined);

send(anyPort, type, (status) => {
  if (status.kind === 'listening' && process.connected) process.send?.(status.endpoint);
})
  .pipe(takeUntil(merge(stopSignal(), alone)))
  .subscribe({
    error(error: unknown) {
      console.error(error);
      process.exitCode = 1;
      if (process.connected) process.disconnect();
    },
  });
