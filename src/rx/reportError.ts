import { Observable } from 'rxjs';

/**
 * Reports an exception of a consumer, such as that of its teardown, as RxJS reports what no observer handles: in a task of its own. Use it
 * where others depend on what the caller still has to do.
 */
export function reportError(error: unknown): void {
  new Observable<never>((out) => out.error(error)).subscribe();
}
