// #region main
import { interval, map, take } from 'rxjs';
import { animated } from 'rxzmq';

// In a page: fromSub('/iq', { conflate: true }).pipe(animated()).subscribe(draw)
const drawn = interval(1).pipe(
  take(200),
  map((count) => ({ count })),
  animated(),
);

// Node has no animation frames: here they are timers.
const globals = globalThis as { requestAnimationFrame?: unknown; cancelAnimationFrame?: unknown };
globals.requestAnimationFrame = (draw: (ms: number) => void) => setTimeout(() => draw(performance.now()), 1000 / 60);
globals.cancelAnimationFrame = (timer: NodeJS.Timeout) => clearTimeout(timer);

let frames = 0;
drawn.subscribe({
  next: () => (frames += 1),
  complete: () => console.log(frames < 100 ? 'drawn once a frame' : `drawn ${frames} times`),
});
// #endregion main
