import type { Frame } from '../../frame/types.js';
import type { SpectrumLine } from '../../spectrum/SpectrumLine.js';
import type { ScopeCommand } from '../core/keys.js';
import type { ScopeState } from '../core/state.js';
import type { Gesture } from '../view/Gesture.js';
import type { ScopeReadings } from '../view/ScopeReadings.js';
import type { ScopeView } from '../view/ScopeView.js';
import type { Timing } from './pageTiming.js';

/** How often readings are reported at most, in ms, apart from those that a command has changed. */
const REPORT_MS = 250;
const TICK_MS = 250;

/** What a page tells a view, which may be in a worker. */
export interface ViewCalls {
  take(value: Frame | SpectrumLine, latencyMs: number): void;
  resize(width: number, height: number, ratio: number): void;
  command(command: ScopeCommand): void;
  gesture(gesture: Gesture): void;
  link(state: ScopeState): void;
  refuse(reason: string): void;
  preferDark(isDark: boolean): void;
  /** Whether anybody can see it: otherwise nothing is drawn. */
  appear(isVisible: boolean): void;
  /** The page draws now: what was taken is drawn with it. */
  drawNow(): void;
  close(): void;
}

/** Draws a view once an animation frame, if there is something new. */
export class ViewLoop implements ViewCalls {
  readonly #view: ScopeView;
  readonly #timing: Timing;
  readonly #report: (readings: ScopeReadings) => void;
  readonly #endTicks: () => void;
  #cancelFrame: (() => void) | undefined;
  #isVisible = true;
  #isClosed = false;
  #reportedMs = -Infinity;
  #isUrgent = false;

  constructor(view: ScopeView, timing: Timing, report: (readings: ScopeReadings) => void) {
    this.#view = view;
    this.#timing = timing;
    this.#report = report;
    this.#endTicks = timing.every(TICK_MS, () => {
      view.tick(timing.now());
      this.#ask();
    });
    this.#ask();
  }

  take(value: Frame | SpectrumLine, latencyMs: number): void {
    this.#view.take(value, latencyMs, this.#timing.now());
    this.#ask();
  }

  resize(width: number, height: number, ratio: number): void {
    this.#view.resize(width, height, ratio);
    this.#ask();
  }

  command(command: ScopeCommand): void {
    this.#view.command(command);
    this.#isUrgent = true;
    this.#ask();
  }

  gesture(gesture: Gesture): void {
    this.#view.gesture(gesture);
    this.#isUrgent ||= gesture.kind !== 'hover' && gesture.kind !== 'leave';
    this.#ask();
  }

  link(state: ScopeState): void {
    this.#view.link(state);
    this.#ask();
  }

  refuse(reason: string): void {
    this.#view.refuse(reason, this.#timing.now());
    this.#ask();
  }

  preferDark(isDark: boolean): void {
    this.#view.preferDark(isDark);
    this.#ask();
  }

  appear(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible) this.#ask();
    else this.#cancel();
  }

  drawNow(): void {
    if (this.#isVisible && !this.#isClosed && this.#view.isDirty) this.#draw(this.#timing.now());
  }

  close(): void {
    this.#isClosed = true;
    this.#endTicks();
    this.#cancel();
  }

  #ask(): void {
    if (this.#cancelFrame !== undefined || !this.#isVisible || this.#isClosed || !this.#view.isDirty) return;
    this.#cancelFrame = this.#timing.frame((nowMs) => {
      this.#cancelFrame = undefined;
      this.#draw(nowMs);
    });
  }

  #cancel(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = undefined;
  }

  #draw(nowMs: number): void {
    this.#cancel();
    this.#view.draw(nowMs);
    if (!this.#isUrgent && nowMs - this.#reportedMs < REPORT_MS) return;
    this.#isUrgent = false;
    this.#reportedMs = nowMs;
    this.#report(this.#view.readings());
  }
}
