/** Animation frames and the time of a page or its worker. */
export interface Timing {
  /** Ms since a fixed moment: the time of animation frames. */
  now(): number;
  /** Calls back before the next picture; the returned function cancels that. */
  frame(draw: (nowMs: number) => void): () => void;
  /** Calls back every so many ms; the returned function ends that. */
  every(ms: number, tick: () => void): () => void;
}

interface FrameGlobals {
  readonly requestAnimationFrame?: (draw: (nowMs: number) => void) => number;
  readonly cancelAnimationFrame?: (id: number) => void;
}

const globals = globalThis as unknown as FrameGlobals;

/** The timing of this page or worker. A worker that has no animation frames has timers instead. */
export const pageTiming: Timing = {
  now: () => performance.now(),
  frame(draw) {
    if (globals.requestAnimationFrame === undefined) {
      const timer = setTimeout(() => draw(performance.now()), 1000 / 60);
      return () => clearTimeout(timer);
    }
    const id = globals.requestAnimationFrame(draw);
    return () => globals.cancelAnimationFrame?.(id);
  },
  every(ms, tick) {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};
