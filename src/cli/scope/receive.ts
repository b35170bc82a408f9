import { bufferTime, defer, map, NEVER, type Observable, scan, startWith, timeInterval, withLatestFrom } from 'rxjs';
import { type Frame, getTimestampNs, type SocketStatus } from '../../index.js';
import { describeLink } from './link.js';
import { defaultSettings, type ScopeSettings } from './settings.js';
import type { Arrival } from './stats.js';
import { createNextView, emptyView, type View } from './view.js';

/** What there is to show, and how the connection is. */
export interface Reception {
  readonly view: View;
  readonly link: string;
}

/** What the scope needs besides frames. */
export interface ReceiveSettings {
  readonly picturesPerSecond: number;
  /** What is said before a socket has told anything. */
  readonly waiting: string;
  readonly status: Observable<SocketStatus>;
  /** What the viewer chooses. @default the defaults */
  readonly settings?: Observable<ScopeSettings> | undefined;
}

/** Sums frames up so many times a second, however many come. */
export function receive(
  frames: Observable<Frame>,
  { picturesPerSecond, waiting, status, settings = NEVER }: ReceiveSettings,
): Observable<Reception> {
  return defer(() => {
    const link = status.pipe(scan(describeLink, undefined), startWith(undefined));
    const next = createNextView(picturesPerSecond);

    return frames.pipe(
      map((frame): Arrival => ({ frame, timestampNs: getTimestampNs() })),
      bufferTime(1000 / picturesPerSecond),
      timeInterval(),
      withLatestFrom(settings.pipe(startWith(defaultSettings))),
      scan((view, [since, now]) => next(view, since, now), emptyView),
      withLatestFrom(link),
      map(([view, text]) => ({ view, link: text ?? waiting })),
    );
  });
}
