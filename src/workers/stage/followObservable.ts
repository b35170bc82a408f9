import type { Answers } from './Answers.js';

interface Subscribable {
  subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }): {
    unsubscribe(): void;
  };
}

/** Returns a value as an Observable if it is one, of any library. A symbol identifies it, so that workers need not load RxJS. */
export function observableIn(value: unknown): Subscribable | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = (Symbol as { readonly observable?: symbol }).observable ?? '@@observable';
  const { [key]: first, '@@observable': second } = value as Record<string | symbol, unknown>;
  const make = first ?? second;
  return typeof make === 'function' ? (make.call(value) as Subscribable) : undefined;
}

/** Sends the values of an Observable as results. */
export function followObservable(observable: Subscribable, answers: Answers): void {
  let isOver = false;
  const over = (say?: () => void): void => {
    if (isOver) return;
    isOver = true;
    say?.();
    subscription?.unsubscribe();
  };
  let subscription: { unsubscribe(): void } | undefined = undefined as { unsubscribe(): void } | undefined;
  subscription = observable.subscribe({
    next: (result) => {
      if (!isOver && !answers.next(result)) over();
    },
    error: (error) => over(() => answers.error(error)),
    complete: () => over(() => answers.done()),
  });
  if (isOver) subscription.unsubscribe();
}
