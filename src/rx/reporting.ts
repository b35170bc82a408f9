import { Observable } from 'rxjs';

/**
 * Calls a consumer, or ends what it has given. An exception, such as that of its teardown, is reported as RxJS reports what no observer
 * handles, in a task of its own: others depend on what the caller still has to do.
 */
export function reporting(action: () => void): void {
  try {
    action();
  } catch (error) {
    new Observable<never>((out) => out.error(error)).subscribe();
  }
}
