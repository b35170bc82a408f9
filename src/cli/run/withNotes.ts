import { Observable, Subject } from 'rxjs';
import type { SocketStatus } from '../../index.js';
import { endpointNotes } from './endpointNotes.js';

/** Runs something whose sockets report to a subject, and calls `note` with what people should know of that. */
export function withNotes<T>(
  note: (text: string) => void,
  use: (status: Subject<SocketStatus>) => Observable<T>,
): Observable<T> {
  return new Observable((out) => {
    const status = new Subject<SocketStatus>();
    const notes = endpointNotes(status).subscribe({ next: note, error: (error: unknown) => out.error(error) });
    const running = use(status).subscribe(out);
    return () => {
      running.unsubscribe();
      notes.unsubscribe();
    };
  });
}
