import type { Parts } from '../../basics/Parts.js';
import { isAwaited, run } from '../../demand/run.js';
import type { Demand } from '../../demand/types.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Clock } from '../../time/Clock.js';
import type { StallWatch } from '../status/StallWatch.js';
import { turnBudgetOf } from '../../time/TurnBudget.js';

/** What is read, for whom, and by whom it is told. */
export interface Reading {
  readonly clock: Clock;
  /** Gives the next message, or `undefined` when there is none or nobody wants one now. */
  readonly read: () => Parts | undefined;
  readonly take: (parts: Parts) => void;
  /** Asked before each read; `undefined`: there is always room. */
  readonly demand?: Demand | undefined;
  readonly stalls?: StallWatch;
}

/**
 * Makes the function that reads all that is there, for a socket's `readable`. It stops when there is no room, and goes
 * on when there is again; and when this turn of the event loop has had its time, and goes on in the next.
 */
export function readLoop({ clock, read, take, demand, stalls }: Reading): () => void {
  const turn = turnBudgetOf(clock);
  const context = callerContext();
  let busy = false; // at it, or waiting for room or the next turn
  const resume = (): void => {
    busy = false;
    run(drain);
  };
  const waiter = { room: resume };
  const drain = (): void => {
    if (busy) return;
    busy = true;
    context.runInAsyncScope(readAll); // once for all that is there, not for each
  };
  const readAll = (): void => {
    while (!turn.spent) {
      if (demand && !demand.hasRoom()) {
        stalls?.stall();
        demand.wait(waiter);
        return;
      }
      stalls?.resume();
      const parts = read();
      if (parts === undefined) {
        busy = false;
        demand?.pass(); // whoever else waits may have something
        return;
      }
      take(parts);
      if (isAwaited()) {
        resume();
        return;
      }
    }
    turn.wait(resume);
  };
  return () => run(drain);
}
