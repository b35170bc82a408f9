import type { Answers } from './Answers.js';

interface Subscribable {
  subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }): {
    unsubscribe(): void;
  };
}

/** The Observable that a value is, of whichever library: it is told by its symbol, so that no worker needs to load RxJS. */
export function observableIn(value: unknown): Subscribable | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = (Symbol as { readonly observable?: symbol }).observable ?? '@@observable';
  const { [key]: first, '@@observable': second } = value as Record<string | symbol, unknown>;
  const make = first ?? second;
  return typeof make === 'function' ? (make.call(value) as Subscribable) : undefined;
}

/** Gives the values of an Observable as they come. */
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
