import type { Gesture } from '../view/Gesture.js';
import type { PageEvent, ScopeCanvas } from './page.js';

/** A pointer that has moved by less has not moved, in CSS pixels. */
const STILL = 6;
const TAP_MS = 500;
const DOUBLE_MS = 320;
/** One step of a wheel, in the pixels that most browsers say. */
const WHEEL_STEP = 100;

interface Pointer {
  readonly startX: number;
  readonly startY: number;
  readonly startMs: number;
  x: number;
  y: number;
  /** The direction that a drag has taken; `undefined`: it has not begun. */
  axis: 'x' | 'y' | undefined;
}

/** Turns the pointers and the wheel on a canvas into gestures. The returned function ends that. */
export function gestures(canvas: ScopeCanvas, emit: (gesture: Gesture) => void): () => void {
  const pointers = new Map<number, Pointer>();
  let wasPinch = false;
  let last: { readonly x: number; readonly y: number; readonly ms: number } | undefined;

  const placeOf = ({ clientX, clientY }: PageEvent) => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  const down = (event: PageEvent): void => {
    if (event.button !== 0) return;
    const { x, y } = placeOf(event);
    pointers.set(event.pointerId, { startX: x, startY: y, startMs: event.timeStamp, x, y, axis: undefined });
    wasPinch = pointers.size > 1;
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {
      // the pointer has gone already
    }
  };

  const move = (event: PageEvent): void => {
    const place = placeOf(event);
    const pointer = pointers.get(event.pointerId);
    if (pointer === undefined) {
      if (event.pointerType === 'mouse') emit({ kind: 'hover', ...place });
      return;
    }
    if (pointers.size === 2) pinch(pointer, place);
    else if (pointers.size === 1 && !wasPinch) drag(pointer, place);
    pointer.x = place.x;
    pointer.y = place.y;
  };

  const drag = (pointer: Pointer, { x, y }: { readonly x: number; readonly y: number }): void => {
    const { startX, startY } = pointer;
    const [wide, high] = [Math.abs(x - startX), Math.abs(y - startY)];
    if (pointer.axis === undefined) {
      if (Math.max(wide, high) < STILL) return;
      pointer.axis = wide > high ? 'x' : 'y';
    }
    const [dx, dy] = [pointer.axis === 'x' ? x - pointer.x : 0, pointer.axis === 'y' ? y - pointer.y : 0];
    if (dx !== 0 || dy !== 0) emit({ kind: 'drag', x: startX, y: startY, dx, dy });
  };

  /** Two fingers zoom by their distance, and move by their middle. */
  const pinch = (moved: Pointer, { x, y }: { readonly x: number; readonly y: number }): void => {
    const other = [...pointers.values()].find((pointer) => pointer !== moved)!;
    const before = Math.hypot(moved.x - other.x, moved.y - other.y);
    const after = Math.hypot(x - other.x, y - other.y);
    const [middleX, middleY] = [(x + other.x) / 2, (y + other.y) / 2];
    if (before > 0 && after > 0) emit({ kind: 'zoom', x: middleX, y: middleY, factor: after / before, levels: false });
    const dx = (x - moved.x) / 2;
    if (dx !== 0) emit({ kind: 'drag', x: middleX, y: middleY, dx, dy: 0 });
  };

  const up = (event: PageEvent): void => {
    const pointer = pointers.get(event.pointerId);
    pointers.delete(event.pointerId);
    if (pointer === undefined || wasPinch) return;
    const { x, y } = placeOf(event);
    const isStill = pointer.axis === undefined && Math.hypot(x - pointer.startX, y - pointer.startY) < STILL;
    if (!isStill || event.timeStamp - pointer.startMs > TAP_MS) return;
    const isDouble =
      last !== undefined && event.timeStamp - last.ms < DOUBLE_MS && Math.hypot(x - last.x, y - last.y) < 3 * STILL;
    last = isDouble ? undefined : { x, y, ms: event.timeStamp };
    emit(isDouble ? { kind: 'doubleTap' } : { kind: 'tap', x, y, adds: event.shiftKey });
  };

  const cancel = ({ pointerId }: PageEvent): void => void pointers.delete(pointerId);
  const leave = (): void => emit({ kind: 'leave' });

  const wheel = (event: PageEvent): void => {
    event.preventDefault();
    const { x, y } = placeOf(event);
    const unit = event.deltaMode === 0 ? 1 : WHEEL_STEP / 3; // lines, of which a step has three
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    // Shift turns a wheel into a horizontal one in some browsers
    const steps = (event.shiftKey ? dy || dx : dy) / WHEEL_STEP;
    if (steps !== 0) emit({ kind: 'zoom', x, y, factor: 1.25 ** -steps, levels: event.shiftKey });
    if (!event.shiftKey && dx !== 0) emit({ kind: 'drag', x, y, dx: -dx, dy: 0 });
  };

  const listeners = { pointerdown: down, pointermove: move, pointerup: up, pointercancel: cancel, pointerleave: leave };
  for (const [type, listener] of Object.entries(listeners)) canvas.addEventListener(type, listener);
  canvas.addEventListener('wheel', wheel, { passive: false });
  return () => {
    for (const [type, listener] of Object.entries(listeners)) canvas.removeEventListener(type, listener);
    canvas.removeEventListener('wheel', wheel);
  };
}
