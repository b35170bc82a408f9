import { type Observable, Subscription } from 'rxjs';
import { describe } from '../basics/describe.js';
import type { SocketStatus } from '../driver/SocketStatus.js';
import { peerAheadMs, watchClocks } from '../engine/web/PeerClock.js';
import { OptionError, UnsupportedError } from '../errors.js';
import type { Frame } from '../frame/types.js';
import { animated } from '../operators/animated.js';
import { defaultClock } from '../rx/defaultClock.js';
import { isLine, type SpectrumLine } from '../spectrum/SpectrumLine.js';
import { getTimestampNs } from '../time/getTimestampNs.js';
import { commandOf, type ScopeCommand } from './core/keys.js';
import type { CoreSettings } from './core/settings.js';
import type { ScopeState } from './core/state.js';
import { checkValue } from './host/checkValue.js';
import { gestures } from './host/gestures.js';
import { page, type PageEvent, type ScopeCanvas, type ScopeWorker } from './host/page.js';
import { pageTiming } from './host/pageTiming.js';
import { Readiness } from './host/Readiness.js';
import { startWorker } from './host/startWorker.js';
import { stateOf } from './host/stateOf.js';
import { ViewLoop, type ViewCalls } from './host/ViewLoop.js';
import { watchPage } from './host/watchPage.js';
import { WorkerView } from './host/WorkerView.js';
import { type ScopeOptions, scopeSettings } from './ScopeOptions.js';
import type { ScopeReadings } from './view/ScopeReadings.js';
import { ScopeView } from './view/ScopeView.js';

/**
 * Spectrum and waterfall of a stream, on a canvas of a page.
 *
 * The canvas has the size that CSS gives it. While the page is hidden, nothing is drawn and nothing is read.
 *
 * @example
 * ```ts
 * const scope = new Scope(document.querySelector('canvas'));
 * scope.show(fromSub('/iq', { conflate: true, status: scope.status }));
 * ```
 */
export class Scope {
  /** Option `status` of the source that is shown: the badge says what it says. */
  readonly status: (status: SocketStatus) => void;
  readonly #canvas: ScopeCanvas;
  readonly #whole: object;
  readonly #settings: CoreSettings;
  readonly #view: ViewCalls;
  readonly #readiness = new Readiness();
  readonly #onReadings: ((readings: ScopeReadings) => void) | undefined;
  readonly #end = new Subscription();
  #readings: ScopeReadings | undefined;
  #shown = new Subscription();
  #isClosed = false;

  /**
   * @param canvas one that has no context yet
   * @param whole the element that full screen shows
   * @throws OptionError for an option, or if `canvas` is no canvas. UnsupportedError where nothing can be drawn, as on Node
   */
  constructor(canvas: ScopeCanvas, options: ScopeOptions = {}, whole: object = canvas) {
    this.#settings = scopeSettings('Scope', options);
    if (page.document === undefined) throw new UnsupportedError('Scope: there is no page here to draw on');
    if (typeof (canvas as Partial<ScopeCanvas> | null | undefined)?.getContext !== 'function') {
      throw new OptionError('canvas', canvas, `Scope: canvas must be a canvas of this page, got ${describe(canvas)}`);
    }
    watchClocks();
    this.#canvas = canvas;
    this.#whole = whole;
    this.#onReadings = options.onReadings;
    const { worker = this.#settings.coverage === 'all', keyboard = true } = options;
    this.#view = this.#open(worker === true ? startWorker : worker);
    this.status = (status) => {
      if (status.kind === 'invalid') this.#view.refuse(status.reason);
      const state = stateOf(status);
      if (state) this.#view.link(state);
    };
    this.#end.add(gestures(canvas, (gesture) => this.#view.gesture(gesture)));
    this.#end.add(watchPage(canvas, this.#view, this.#readiness));
    if (keyboard) this.#listen();
  }

  /** What is shown, as numbers, as of the last report; `undefined` before the first picture. */
  get readings(): ScopeReadings | undefined {
    return this.#readings;
  }

  /**
   * Shows a stream, until it is unsubscribed or another is shown.
   *
   * With coverage `'newest'` it reads one value for each picture; with `'all'`, all that the thread that draws can take. It holds
   * back a source that knows demand; of others, what is too much is not shown.
   *
   * @param source frames, or lines of a spectrum. Its errors are shown in the badge
   */
  show(source: Observable<Frame | SpectrumLine>): Subscription {
    this.#shown.unsubscribe();
    const isNewest = this.#settings.coverage === 'newest';
    const held = source.pipe(this.#readiness.hold());
    const shown = (isNewest ? held.pipe(animated()) : held).subscribe({
      next: (value) => this.#take(value, isNewest),
      error: (error: unknown) => this.#view.link(failed(error)),
      complete: () => this.#view.link({ kind: 'warning', text: 'ended' }),
    });
    this.#shown = shown;
    return shown;
  }

  /** Does what a key does. */
  command(command: ScopeCommand): void {
    if (command === 'fullScreen') this.#toggleFullScreen();
    else this.#view.command(command);
  }

  /** What the badge says of the connection. */
  link(state: ScopeState): void {
    this.#view.link(state);
  }

  /** Ends it: the stream is unsubscribed, and nothing is drawn any more. The canvas keeps its last picture. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#shown.unsubscribe();
    this.#end.unsubscribe();
    this.#view.close();
  }

  #open(start: (() => ScopeWorker) | false): ViewCalls {
    if (!start) return this.#openHere();
    let worker: ScopeWorker;
    try {
      if (page.OffscreenCanvas === undefined || page.Worker === undefined) return this.#openHere();
      worker = start();
    } catch {
      return this.#openHere(); // a policy of the page forbids it, or its file cannot be named
    }
    const listener = { report: this.#report, standIn: () => this.#openHere() };
    const canvas = this.#canvas as unknown as { transferControlToOffscreen(): unknown };
    // eslint-disable-next-line no-restricted-syntax -- the start of a worker, not of a peer
    const after = (ms: number, callback: () => void): (() => void) => defaultClock.after(ms, callback);
    return new WorkerView(worker, canvas, this.#settings, this.#readiness, listener, after);
  }

  #openHere(): ViewLoop {
    return new ViewLoop(new ScopeView(this.#canvas, this.#settings), pageTiming, this.#report);
  }

  readonly #report = (readings: ScopeReadings): void => {
    this.#readings = readings;
    this.#onReadings?.(readings);
  };

  #take(value: Frame | SpectrumLine, isNewest: boolean): void {
    if (!this.#readiness.isVisible) return; // from a source that ignores back-pressure
    let checked: Frame | SpectrumLine;
    try {
      checked = checkValue(value);
    } catch (error) {
      return this.#view.refuse((error as Error).message);
    }
    const aheadMs = peerAheadMs(isLine(checked) ? undefined : checked.peer);
    this.#view.take(checked, Number(getTimestampNs() - checked.timestampNs) / 1e6 + aheadMs);
    if (isNewest) this.#view.drawNow(); // it comes with an animation frame
  }

  #listen(): void {
    const canvas = this.#canvas;
    if (!canvas.hasAttribute('tabindex')) canvas.tabIndex = 0;
    const listener = (event: PageEvent): void => {
      const command = event.ctrlKey || event.metaKey || event.altKey ? undefined : commandOf(event.key, event.shiftKey);
      if (command === undefined) return;
      event.preventDefault();
      this.command(command);
    };
    canvas.addEventListener('keydown', listener);
    this.#end.add(() => canvas.removeEventListener('keydown', listener));
  }

  #toggleFullScreen(): void {
    const { document } = page as { readonly document?: FullScreenDocument };
    const whole = this.#whole as { requestFullscreen?(): Promise<void> };
    const done = document?.fullscreenElement ? document.exitFullscreen?.() : whole.requestFullscreen?.();
    done?.catch(() => undefined); // a page may forbid it
  }
}

interface FullScreenDocument {
  readonly fullscreenElement?: unknown;
  exitFullscreen?(): Promise<void>;
}

function failed(error: unknown): ScopeState {
  return { kind: 'bad', text: 'failed', reason: error instanceof Error ? error.message : describe(error) };
}
