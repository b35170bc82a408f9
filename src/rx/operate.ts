import { Observable, type OperatorFunction } from 'rxjs';
import { Gate } from '../demand/Gate.js';
import { slot } from '../demand/slot.js';
import type { Demand } from '../demand/types.js';
import { under } from '../demand/under.js';
import { chain } from './chain.js';
import { Outlet } from './Outlet.js';

/** What a consumer does with its source. Errors pass to its own consumer unless `error` is given. */
export interface Handlers<T> {
  /** @param governed whether the value comes of a read that asked for room, so that it is no overflow */
  next(value: T, governed: boolean): void;
  error?(error: unknown): void;
  complete(): void;
  /** Whether one more value may come, as far as this consumer is concerned. */
  hasRoom(): boolean;
  /** Called once when the consumer is done, however that came. */
  finalize?(): void;
}

/** How a consumer stands between its source and its own consumer. */
export interface OperateOptions {
  /** The demand of its own consumer, given by hand; `null`: none. @default the consumer's that is found when it is subscribed */
  readonly demand?: Demand | null | undefined;
  /** Whether its source is held back for its own consumer as well; a buffer does that itself. @default true */
  readonly joins?: boolean;
  /** The Observable that it is a part of. @default the one that it makes */
  readonly whole?: object;
}

/**
 * Builds an operator that announces demand, and whose state lives in `start`, called for each subscription. The inner
 * subscriber is chained to the outer one before it subscribes, so that `take` stops a synchronous source. What a handler
 * throws goes to `error`. `start` gets the gate to say `pass` to once there is room again.
 */
export function operate<I, O>(
  start: (out: Outlet<O>, gate: Gate) => Handlers<I>,
  { demand, joins = true, whole }: OperateOptions = {},
): OperatorFunction<I, O> {
  return (source) => {
    const self: Observable<O> = new Observable<O>((subscriber) => {
      const out = Outlet.of(subscriber, whole ?? self, demand);
      const gate: Gate = new Gate(() => handlers.hasRoom(), joins ? out.demand : undefined);
      gate.source = source;
      const handlers: Handlers<I> = start(out, gate);
      const guard = (handle: () => void): void => {
        try {
          handle();
        } catch (error) {
          out.error(error);
        }
      };
      const observer = {
        next(value: I) {
          gate.hold();
          try {
            handlers.next(value, slot.asked === gate);
          } catch (error) {
            out.error(error);
          } finally {
            gate.release();
          }
        },
        error: (error: unknown) => guard(() => (handlers.error ? handlers.error(error) : out.error(error))),
        complete: () => guard(() => handlers.complete()),
      };
      const inner = chain<I>(subscriber, observer, { announces: gate });
      subscriber.add(() => {
        gate.end(); // after the source is gone, so that it does not read what nobody gets any more
        handlers.finalize?.();
      });
      if (!subscriber.closed) under(gate, () => source.subscribe(inner)); // `start` may have ended it
    });
    return self;
  };
}
