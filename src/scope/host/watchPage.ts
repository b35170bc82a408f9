import { page, type ScopeCanvas } from './page.js';
import { pageTiming } from './pageTiming.js';
import type { Readiness } from './Readiness.js';
import type { ViewCalls } from './ViewLoop.js';

/** More pixels than that for a CSS pixel cost more than they show. */
const MOST_RATIO = 2;
/** How often it is looked whether the canvas has been moved to a screen with other pixels, or out of the page, in ms. */
const LOOK_MS = 1000;

/** Tells a view the size of its canvas, whether the page can be seen, and what the system prefers. The returned function ends that. */
export function watchPage(canvas: ScopeCanvas, view: ViewCalls, readiness: Readiness): () => void {
  let [width, height, ratio] = [-1, -1, 0];
  const measure = (): void => {
    const now = [canvas.clientWidth, canvas.clientHeight, Math.min(MOST_RATIO, page.devicePixelRatio ?? 1)] as const;
    if (now[0] === width && now[1] === height && now[2] === ratio) return;
    [width, height, ratio] = now;
    view.resize(width, height, ratio);
    if (canvas.clientWidth === width && canvas.clientHeight === height) return;
    // a canvas whose size CSS does not say grows with its pixels
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  };
  const look = (): void => {
    measure();
    const isVisible = page.document?.hidden !== true && canvas.isConnected;
    if (isVisible === readiness.isVisible) return;
    readiness.appear(isVisible);
    view.appear(isVisible);
  };

  canvas.style.touchAction = 'none'; // its gestures are the scope's
  const sizes = page.ResizeObserver && new page.ResizeObserver(look);
  sizes?.observe(canvas);
  const scheme = page.matchMedia?.('(prefers-color-scheme: dark)');
  const prefer = (): void => view.preferDark(scheme?.matches ?? true);
  scheme?.addEventListener('change', prefer);
  page.document?.addEventListener('visibilitychange', look);
  const endLooks = pageTiming.every(LOOK_MS, look);
  prefer();
  measure();
  if (page.document?.hidden === true) look();
  return () => {
    sizes?.disconnect();
    scheme?.removeEventListener('change', prefer);
    page.document?.removeEventListener('visibilitychange', look);
    endLooks();
  };
}
