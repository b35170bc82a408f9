import {
  firstValueFrom,
  materialize,
  type Observable,
  type ObservableNotification,
  ReplaySubject,
  take,
  toArray,
} from 'rxjs';
import { onTestFinished } from 'vitest';

/** What an Observable notified, in its order. */
export interface Collected<T> {
  readonly values: readonly T[];
  /** Resolves to the first `count` values. */
  first(count: number): Promise<T[]>;
  /** Resolves to the error; rejects where it completed instead. */
  readonly error: Promise<unknown>;
  /** Resolves on completion; rejects with the error. */
  readonly completed: Promise<void>;
  readonly open: boolean;
  unsubscribe(): void;
}

/** Subscribes, until the test ends, and keeps what is notified. */
export function collect<T>(source: Observable<T>): Collected<T> {
  const values: T[] = [];
  const replayed = new ReplaySubject<T>();
  const end = new ReplaySubject<ObservableNotification<T>>(1);
  let open = true;
  const subscription = source.pipe(materialize()).subscribe((notification) => {
    if (notification.kind === 'N') {
      values.push(notification.value);
      replayed.next(notification.value);
    } else {
      open = false;
      if (notification.kind === 'E') replayed.error(notification.error);
      else replayed.complete();
      end.next(notification);
    }
  });
  onTestFinished(() => subscription.unsubscribe());
  return {
    values,
    first: (count) => firstValueFrom(replayed.pipe(take(count), toArray())),
    get error() {
      return firstValueFrom(end).then((notification) => {
        if (notification.kind !== 'E') throw new Error(`it completed, with ${values.length} values`);
        return notification.error as unknown;
      });
    },
    get completed() {
      return firstValueFrom(end).then((notification) => {
        if (notification.kind === 'E') throw notification.error;
      });
    },
    get open() {
      return open;
    },
    unsubscribe: () => subscription.unsubscribe(),
  };
}
