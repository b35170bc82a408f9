import { isObservable, Observable, type Observer, type Unsubscribable } from 'rxjs';

interface Interop {
  subscribe(observer: Partial<Observer<unknown>>): Unsubscribable;
}

/** What has the symbol of Observables, of any library and of any copy of RxJS, as an Observable; `undefined`: it has not. */
export function observableOf(value: unknown): Observable<unknown> | undefined {
  if (isObservable(value)) return value;
  if (typeof value !== 'object' && typeof value !== 'function') return undefined;
  const key = (Symbol as { readonly observable?: symbol }).observable ?? '@@observable'; // where it was added, it may be late
  const { [key]: first, '@@observable': second } = (value ?? {}) as Record<string | symbol, unknown>;
  const make = first ?? second;
  if (typeof make !== 'function') return undefined;
  return new Observable((subscriber) => (make.call(value) as Interop).subscribe(subscriber));
}
