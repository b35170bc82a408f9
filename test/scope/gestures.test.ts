import { expect, it } from 'vitest';
import { gestures } from '../../src/scope/host/gestures.js';
import type { ScopeCanvas } from '../../src/scope/host/page.js';
import type { Gesture } from '../../src/scope/view/Gesture.js';

function open() {
  const listeners = new Map<string, (event: any) => void>();
  const canvas = {
    addEventListener: (type: string, listener: (event: any) => void) => void listeners.set(type, listener),
    removeEventListener: (type: string) => void listeners.delete(type),
    getBoundingClientRect: () => ({ left: 100, top: 50 }),
    setPointerCapture: () => undefined,
  };
  const heard: Gesture[] = [];
  const end = gestures(canvas as unknown as ScopeCanvas, (gesture) => heard.push(gesture));
  const fire = (type: string, x: number, y: number, more: object = {}): void =>
    listeners.get(type)?.({
      clientX: 100 + x,
      clientY: 50 + y,
      pointerId: 1,
      pointerType: 'mouse',
      button: 0,
      timeStamp: 0,
      shiftKey: false,
      deltaX: 0,
      deltaY: 0,
      deltaMode: 0,
      preventDefault: () => undefined,
      ...more,
    });
  return { heard, fire, end, listeners };
}

it('a click is a tap, with Shift another, and a second soon after it a double tap', () => {
  const { heard, fire } = open();
  fire('pointerdown', 10, 20);
  fire('pointerup', 12, 20, { timeStamp: 100 });
  fire('pointerdown', 10, 20, { timeStamp: 200 });
  fire('pointerup', 12, 20, { timeStamp: 300 });
  fire('pointerdown', 90, 20, { timeStamp: 2000 });
  fire('pointerup', 90, 20, { timeStamp: 2100, shiftKey: true });
  expect(heard).toEqual([
    { kind: 'tap', x: 12, y: 20, adds: false },
    { kind: 'doubleTap' },
    { kind: 'tap', x: 90, y: 20, adds: true },
  ]);
});

it('a drag keeps its direction, and is no tap', () => {
  const { heard, fire } = open();
  fire('pointerdown', 10, 20);
  fire('pointermove', 12, 22);
  fire('pointermove', 10, 40);
  fire('pointermove', 30, 45);
  fire('pointerup', 30, 45, { timeStamp: 100 });
  expect(heard).toEqual([
    { kind: 'drag', x: 10, y: 20, dx: 0, dy: 18 },
    { kind: 'drag', x: 10, y: 20, dx: 0, dy: 5 },
  ]);
});

it('two fingers zoom around their middle, and their end is no tap', () => {
  const { heard, fire } = open();
  fire('pointerdown', 100, 20, { pointerId: 1, pointerType: 'touch' });
  fire('pointerdown', 200, 20, { pointerId: 2, pointerType: 'touch' });
  fire('pointermove', 300, 20, { pointerId: 2, pointerType: 'touch' });
  expect(heard[0]).toEqual({ kind: 'zoom', x: 200, y: 20, factor: 2, levels: false });
  fire('pointerup', 300, 20, { pointerId: 2 });
  fire('pointerup', 100, 20, { pointerId: 1 });
  expect(heard.some(({ kind }) => kind === 'tap')).toBe(false);
});

it('the wheel zooms, with Shift the levels, also where Shift turns it', () => {
  const { heard, fire } = open();
  fire('wheel', 50, 60, { deltaY: -100 });
  fire('wheel', 50, 60, { deltaX: 100, shiftKey: true });
  fire('wheel', 50, 60, { deltaY: 3, deltaMode: 1 });
  expect(heard).toEqual([
    { kind: 'zoom', x: 50, y: 60, factor: 1.25, levels: false },
    { kind: 'zoom', x: 50, y: 60, factor: 0.8, levels: true },
    { kind: 'zoom', x: 50, y: 60, factor: 0.8, levels: false },
  ]);
});

it('a mouse that moves is over a place; a finger is not', () => {
  const { heard, fire, end, listeners } = open();
  fire('pointermove', 5, 6);
  fire('pointermove', 5, 6, { pointerType: 'touch' });
  fire('pointerleave', 5, 6);
  expect(heard).toEqual([{ kind: 'hover', x: 5, y: 6 }, { kind: 'leave' }]);
  end();
  expect(listeners.size).toBe(0);
});
