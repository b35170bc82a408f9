import {
  defer,
  filter,
  map,
  type MonoTypeOperatorFunction,
  type Observable,
  scan,
  share,
  startWith,
  takeUntil,
  tap,
} from 'rxjs';
import type { Frame, SocketStatus } from '../../index.js';
import { receive, type Reception } from './receive.js';
import { applyKey, defaultSettings, type ScopeSettings } from './settings.js';
import { isEnd, pressedKeys, show } from './show.js';
import { emptyView, type View } from './view.js';

/** How a signal is watched. */
export interface WatchSettings {
  readonly status: Observable<SocketStatus>;
  /** What is said before a socket has told anything. */
  readonly waiting: string;
  /** How often a picture is written where there is no terminal, in ms. */
  readonly everyMs: number;
  /** What is shown at first. @default the defaults */
  readonly settings?: Partial<ScopeSettings> | undefined;
  /** Called each second with what there is to show, instead of pictures. @default pictures */
  readonly onFigures?: ((view: View) => void) | undefined;
  /** Called when the viewer ends it by a key. */
  readonly onQuit: () => void;
}

const PICTURES_PER_SECOND = 15;

/** Shows frames until they end or the viewer ends it, and emits what each picture shows. */
export function watch(
  frames: Observable<Frame>,
  { status, waiting, everyMs, settings, onFigures, onQuit }: WatchSettings,
): Observable<Reception> {
  return defer(() => {
    let latest = emptyView;
    const first: ScopeSettings = { ...defaultSettings, ...settings };
    const pressed = pressedKeys().pipe(share());
    const chosen = pressed.pipe(
      scan((now, key) => applyKey(now, key, { scale: latest.scale, peak: latest.peak?.at }), first),
      startWith(first),
    );
    return receive(frames, { picturesPerSecond: PICTURES_PER_SECOND, waiting, status, settings: chosen }).pipe(
      tap(({ view }) => (latest = view)),
      onFigures ? told(onFigures) : show(PICTURES_PER_SECOND, everyMs, 'q ends, ? keys'),
      takeUntil(pressed.pipe(filter(isEnd), tap(onQuit))),
    );
  });
}

/** Tells the figures once a second. */
function told(onFigures: (view: View) => void): MonoTypeOperatorFunction<Reception> {
  return map((reception, picture) => {
    if (picture % PICTURES_PER_SECOND === PICTURES_PER_SECOND - 1) onFigures(reception.view);
    return reception;
  });
}
