import { Observable } from 'rxjs';
import { onAbort } from '../basics/onAbort.js';
import type { Gate } from '../demand/Gate.js';
import { PacedFlow } from '../operators/flows/PacedFlow.js';
import type { Handlers } from '../rx/operate.js';
import { Outlet } from '../rx/Outlet.js';
import { requireRealTime } from '../time/VirtualTime.js';
import type { WorkerError } from './errors.js';
import { startThread, type StartSettings } from './startThread.js';
import { StageRun } from './pool/StageRun.js';
import { WorkerPool } from './pool/WorkerPool.js';

interface RunSettings extends StartSettings {
  readonly workers: number;
  readonly ordered: boolean;
  readonly moves: boolean;
  readonly maxBuffered: number;
  readonly lost: ((error: WorkerError) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

const OF = 'offload';

/** One subscription of `offload`: a `pacedMap` over a pool. */
export function startOffload<T, R>(given: RunSettings, out: Outlet<R>, gate: Gate): Handlers<T> {
  requireRealTime(OF);
  const { stage, workers, ordered, moves, maxBuffered, lost, signal } = given;
  const failed = (error: unknown): void => out.error(error);
  const pool = new WorkerPool({
    of: OF,
    stage,
    workers,
    moves,
    open: (listener) => startThread(OF, given, listener),
    lost: lost && guarded(lost, failed),
    failed,
  });
  const project = (value: T): Observable<R> => {
    const results = new Observable<R>((subscriber) => {
      const run = new StageRun<R>(OF, value, maxBuffered, Outlet.of(subscriber, results));
      subscriber.add(() => run.close());
      pool.run(run);
    });
    return results;
  };
  const flow = new PacedFlow<T, R>(project, { of: OF, concurrency: workers + 1, ordered, maxBuffered }, out, gate);
  const ignore = signal && !signal.aborted ? onAbort(signal, () => failed(signal.reason)) : undefined;
  if (signal?.aborted) failed(signal.reason);
  else pool.start();
  return {
    next: (value, governed) => flow.next(value, governed),
    complete: () => flow.complete(),
    hasRoom: () => flow.hasRoom(),
    finalize: () => {
      ignore?.();
      flow.finalize();
      pool.close();
    },
  };
}

/** If the listener throws, the stream ends with that error. */
function guarded(listener: (error: WorkerError) => void, failed: (error: unknown) => void) {
  return (error: WorkerError): void => {
    try {
      listener(error);
    } catch (thrown) {
      failed(thrown);
    }
  };
}
