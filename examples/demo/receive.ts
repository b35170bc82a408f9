import { bufferTime, defer, map, scan, startWith, Subject, timeInterval, withLatestFrom, type Observable } from 'rxjs';
import { fromPull, getTimestampNs, type SocketStatus } from 'rxzmq';
import { describeLink } from './link.js';
import { type Arrival } from './stats.js';
import { createNextView, emptyView, type View } from './view.js';

/** What there is to show, and how the connection is. */
export interface Reception {
  readonly view: View;
  readonly link: string;
}

/** Receives frames and sums them up so many times a second, however many come. */
export function receive(endpoint: string, picturesPerSecond: number): Observable<Reception> {
  return defer(() => {
    const status = new Subject<SocketStatus>();
    const link = status.pipe(scan(describeLink, undefined), startWith(undefined));

    // What is no frame is told by the status; a warning as well would go right through the picture.
    return fromPull(endpoint, { status, onInvalid: () => undefined }).pipe(
      map((frame): Arrival => ({ frame, timestampNs: getTimestampNs() })),
      bufferTime(1000 / picturesPerSecond),
      timeInterval(),
      scan(createNextView(picturesPerSecond), emptyView),
      withLatestFrom(link),
      map(([view, text]) => ({ view, link: text ?? `waiting for ${endpoint}` })),
    );
  });
}
