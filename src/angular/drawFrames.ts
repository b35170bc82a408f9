import {
  afterNextRender,
  assertInInjectionContext,
  DestroyRef,
  ErrorHandler,
  inject,
  Injector,
  NgZone,
} from '@angular/core';
import { isObservable, type Observable, Subscription, tap } from 'rxjs';
import { requireOption } from '../options/requireOption.js';
import { isFunction } from '../options/rules.js';
import { onServer } from './client/onServer.js';
import { PACING } from './client/PACING.js';
import { outside } from './client/zones.js';

/** Options of {@link drawFrames}. */
export interface DrawFramesOptions {
  /** The injector in place of the injection context; the drawing ends with it. */
  readonly injector?: Injector | undefined;
}

/** Ends the drawing by hand. */
export interface DrawFramesRef {
  /** Unsubscribes from the source. Idempotent. */
  destroy(): void;
}

/**
 * Draws the newest value of a source, once each animation frame: what a canvas needs. It begins after the first rendering, so that
 * view queries have their elements, runs no change detection, takes nothing while the page is hidden, and ends with the component. On a server it
 * does nothing.
 *
 * An error of the source, or one that `draw` throws, ends it and goes to the `ErrorHandler`.
 *
 * @param source what to draw; a `fromSub` with `conflate` is sent no more than is drawn
 * @param draw called with each value
 * @param options an injector, outside an injection context
 * @throws NG0203 outside an injection context, without `injector`
 * @throws OptionError for a source that is no Observable, or a `draw` that is no function
 * @example
 * ```ts
 * constructor() {
 *   drawFrames(inject(Rxzmq).fromSub('/iq', { conflate: true }), ({ samples }) => this.plot(samples));
 * }
 * ```
 * @see {@link subResource}, for what a template shows
 */
export function drawFrames<T>(
  source: Observable<T>,
  draw: (value: T) => void,
  options: DrawFramesOptions = {},
): DrawFramesRef {
  if (!options.injector) assertInInjectionContext(drawFrames);
  requireOption('drawFrames', 'source', source, (value) => (isObservable(value) ? undefined : 'an Observable'));
  requireOption('drawFrames', 'draw', draw, isFunction);
  const injector = options.injector ?? inject(Injector);
  if (onServer(injector)) return { destroy: () => undefined };
  const drawn = source.pipe(injector.get(PACING)<T>(), tap(draw));
  const errors = injector.get(ErrorHandler);
  const subscription = new Subscription();
  const start = (): void => {
    if (subscription.closed) return;
    const shown = outside(injector.get(NgZone, null), drawn);
    subscription.add(shown.subscribe({ error: (error: unknown) => errors.handleError(error) }));
  };
  const rendered = afterNextRender(start, { injector });
  const forget = injector.get(DestroyRef).onDestroy(() => subscription.unsubscribe());
  return {
    destroy: () => {
      rendered.destroy();
      forget();
      subscription.unsubscribe();
    },
  };
}
