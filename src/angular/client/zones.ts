import { NgZone, untracked } from '@angular/core';
import { type MonoTypeOperatorFunction, Observable } from 'rxjs';
import { chain } from '../../rx/chain.js';
import { FROM } from '../../rx/links.js';

/** Subscribes outside Angular's zone, so that the events of a socket run no change detection, and outside of signals. */
export function outside<T>(zone: NgZone | null, source: Observable<T>): Observable<T> {
  const made = new Observable<T>((subscriber) => {
    const subscribe = (): void => void source.subscribe(subscriber);
    untracked(() => (zone === null ? subscribe() : zone.runOutsideAngular(subscribe)));
  });
  return Object.assign(made, { [FROM]: source });
}

/** Subscribes to what an operator is given in Angular's zone again, if the operator was subscribed there. */
export function inside<T>(zone: NgZone, source: Observable<T>): Observable<T> {
  const made = new Observable<T>((subscriber) => void zone.run(() => source.subscribe(subscriber)));
  return Object.assign(made, { [FROM]: source });
}

/** Emits in Angular's zone, as `HttpClient` does: for replies, of which there is one for each request. */
export function emitsInside<T>(zone: NgZone): MonoTypeOperatorFunction<T> {
  return (source) => {
    const made = new Observable<T>((subscriber) => {
      const observer = {
        next: (value: T) => zone.run(() => subscriber.next(value)),
        error: (error: unknown) => zone.run(() => subscriber.error(error)),
        complete: () => zone.run(() => subscriber.complete()),
      };
      source.subscribe(chain<T>(subscriber, observer, { feeds: subscriber }));
    });
    return Object.assign(made, { [FROM]: source });
  };
}

/** The zone that a subscription was made in, if it is Angular's. */
export function callersZone(zone: NgZone | null): NgZone | undefined {
  return zone !== null && NgZone.isInAngularZone() ? zone : undefined;
}
