import { InjectionToken } from '@angular/core';
import type { MonoTypeOperatorFunction } from 'rxjs';
import { animated } from '../../operators/animated.js';

/** How values are thinned out before they are shown: once each animation frame; in tests not at all. */
export const PACING = /* @__PURE__ */ new InjectionToken<<T>() => MonoTypeOperatorFunction<T>>('rxzmq pacing', {
  providedIn: 'root',
  factory: () => animated,
});
