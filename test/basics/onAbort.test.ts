import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { onAbort } from '../../src/basics/onAbort.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

describe('onAbort', () => {
  it('calls all back, once, in their order, and leaves no listener', () => {
    const controller = new AbortController();
    const called: number[] = [];
    for (let n = 0; n < 20; n += 1) onAbort(controller.signal, () => called.push(n));
    expect(listeners(controller.signal)).toBe(1);
    controller.abort();
    expect(called).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(listeners(controller.signal)).toBe(0);
  });

  it('is called off, and listens again when it is asked again', () => {
    const controller = new AbortController();
    const [first, second, third] = [vi.fn(), vi.fn(), vi.fn()];
    const offFirst = onAbort(controller.signal, first);
    const offSecond = onAbort(controller.signal, second);
    offFirst();
    offFirst();
    expect(listeners(controller.signal)).toBe(1);
    offSecond();
    expect(listeners(controller.signal)).toBe(0);
    onAbort(controller.signal, third);
    controller.abort();
    expect([first, second, third].map((each) => each.mock.calls.length)).toEqual([0, 0, 1]);
  });

  it('lets one that is called call off another', () => {
    const controller = new AbortController();
    const second = vi.fn();
    onAbort(controller.signal, () => offSecond());
    const offSecond = onAbort(controller.signal, second);
    controller.abort();
    expect(second).not.toHaveBeenCalled();
  });
});
