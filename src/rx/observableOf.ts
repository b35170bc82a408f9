import { isObservable, Observable, type Observer, type Unsubscribable } from 'rxjs';

interface Interop {
  subscribe(observer: Partial<Observer<unknown>>): Unsubscribable;
}

/**
 * Converts an object with the symbol of Observables, of any library and any copy of RxJS, to an Observable; `undefined` if it has
 * no such symbol.
 */
export function observableOf(value: unknown): Observable<unknown> | undefined {
  if (isObservable(value)) return value;
  if (typeof value !== 'object' && typeof value !== 'function') return undefined;
  const key = (Symbol as { readonly observable?: symbol }).observable ?? '@@observable'; // a polyfill may add it late
  const { [key]: first, '@@observable': second } = (value ?? {}) as Record<string | symbol, unknown>;
  const make = first ?? second;
  if (typeof make !== 'function') return undefined;
  return new Observable((subscriber) => (make.call(value) as Interop).subscribe(subscriber));
}
