import { map, Observable, Subscription } from 'rxjs';
import { chain } from '../rx/chain.js';

/**
 * Whether subscribers of this RxJS have the property `destination`, which is not public API. Without it, a consumer is found only
 * by sources that are subscribed while it subscribes, or while it is notified.
 */
export const tellsDestination: boolean = /* @__PURE__ */ look();

function look(): boolean {
  let found: unknown;
  const owner = new Subscription();
  const end = chain<never>(owner, { next: nothing, error: nothing, complete: nothing });
  const source = new Observable<never>((subscriber) => {
    found = (subscriber as unknown as { destination?: unknown }).destination;
  });
  source.pipe(map((value) => value)).subscribe(end);
  owner.unsubscribe();
  return found === end;
}

function nothing(): void {
  // an RxJS without `destination`
}
