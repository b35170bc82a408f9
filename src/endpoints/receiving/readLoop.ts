import type { Parts } from '../../basics/Parts.js';
import { isAwaited, run } from '../../demand/run.js';
import type { Demand } from '../../demand/types.js';
import { callerContext } from '../../basics/callerContext.js';
import type { Clock } from '../../time/Clock.js';
import type { StallWatch } from '../status/StallWatch.js';
import { turnBudgetOf } from '../../time/TurnBudget.js';

/** The settings of a read loop. */
export interface Reading {
  readonly clock: Clock;
  /** Returns the next message, or `undefined` if there is none or the consumer has ended. */
  readonly read: () => Parts | undefined;
  readonly take: (parts: Parts) => void;
  /** Asked before each read; `undefined`: the consumer is always ready. */
  readonly demand?: Demand | undefined;
  readonly stalls?: StallWatch;
  /** Whether messages will be lost unless it goes on reading. */
  readonly isPressed?: () => boolean;
}

/**
 * Returns the function that reads all messages that have arrived, for `readable` of a socket. It stops while the consumer is
 * not ready, and when its time in this turn of the event loop is used up; it goes on when the consumer is ready again, or in
 * the next turn.
 */
export function readLoop({ clock, read, take, demand, stalls, isPressed = () => false }: Reading): () => void {
  const turn = turnBudgetOf(clock);
  const context = callerContext();
  let busy = false; // it is reading, or waits for the consumer or the next turn
  const resume = (): void => {
    busy = false;
    run(drain);
  };
  const waiter = { room: resume };
  const drain = (): void => {
    if (busy) return;
    busy = true;
    context.runInAsyncScope(readAll); // once for all messages, not for each
  };
  const readAll = (): void => {
    while (!turn.spent || isPressed()) {
      if (demand && !demand.hasRoom()) {
        stalls?.stall();
        demand.wait(waiter);
        return;
      }
      stalls?.resume();
      const parts = read();
      if (parts === undefined) {
        busy = false;
        demand?.pass(); // there may be a message for another source that waits
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
