import { Observable, type OperatorFunction } from 'rxjs';
import { Gate } from '../demand/Gate.js';
import { slot } from '../demand/slot.js';
import type { Demand } from '../demand/types.js';
import { under } from '../demand/under.js';
import { chain } from './chain.js';
import { Outlet } from './Outlet.js';

/** The handlers of a consumer. Errors pass to the consumer below unless `error` is set. */
export interface Handlers<T> {
  /** @param governed whether the value comes from a read that asked for demand, so that it is not an overflow */
  next(value: T, governed: boolean): void;
  error?(error: unknown): void;
  complete(): void;
  /** Whether this consumer is ready for one more value. */
  hasRoom(): boolean;
  /** Called once when the consumer has ended, for any reason. */
  finalize?(): void;
}

/** How a consumer passes on demand. */
export interface OperateOptions {
  /** The demand of the consumer below, set by hand; `null`: none. @default that of the consumer found at subscription */
  readonly demand?: Demand | null | undefined;
  /** Whether the consumer below also holds back the source; a buffer decides that itself. @default true */
  readonly joins?: boolean;
  /** The Observable that it belongs to. @default the one that it creates */
  readonly whole?: object;
}

/**
 * Builds an operator that is a consumer with demand. Its state is in `start`, which is called for each subscription. The inner
 * subscriber is chained to the outer one before it subscribes, so that `take` stops a synchronous source. Exceptions of handlers go
 * to `error`. `start` gets the gate, whose `pass` it calls when it is ready again.
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
        gate.end(); // after the source has ended, so that it does not read values that have no consumer
        handlers.finalize?.();
      });
      if (!subscriber.closed) under(gate, () => source.subscribe(inner)); // `start` may have ended it
    });
    return self;
  };
}
