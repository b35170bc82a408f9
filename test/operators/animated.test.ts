import { of, range, Subject, take, tap, throwError } from 'rxjs';
import { animated, fromIterable } from 'rxzmq';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

vi.mock('../../src/rx/defaultClock.js', async () => ({
  defaultClock: (await import('../demand/stages.js')).standing, // a slow machine must not end a turn
}));

/** A page whose frames a test draws, and which it hides. */
class FakePage {
  readonly document = { hidden: false, listeners: new Set<() => void>(), addEventListener, removeEventListener };
  #frames = new Map<number, (ms: number) => void>();
  #last = 0;

  get waiting(): number {
    return this.#frames.size;
  }

  readonly requestAnimationFrame = (callback: (ms: number) => void): number => {
    this.#frames.set((this.#last += 1), callback);
    return this.#last;
  };

  readonly cancelAnimationFrame = (id: number): void => void this.#frames.delete(id);

  draw(): void {
    if (this.document.hidden) return;
    const frames = [...this.#frames.values()];
    this.#frames.clear();
    for (const frame of frames) frame(0);
  }

  hide(hidden: boolean): void {
    this.document.hidden = hidden;
    for (const listener of this.document.listeners) listener();
  }
}

function addEventListener(this: { listeners: Set<() => void> }, _type: string, listener: () => void): void {
  this.listeners.add(listener);
}
function removeEventListener(this: { listeners: Set<() => void> }, _type: string, listener: () => void): void {
  this.listeners.delete(listener);
}

describe('animated', () => {
  let page: FakePage;
  beforeEach(() => {
    page = new FakePage();
    vi.stubGlobal('document', page.document);
    vi.stubGlobal('requestAnimationFrame', page.requestAnimationFrame);
    vi.stubGlobal('cancelAnimationFrame', page.cancelAnimationFrame);
  });
  afterEach(() => vi.unstubAllGlobals());

  function hear<T>(source: { pipe(operator: ReturnType<typeof animated<T>>): { subscribe: Subject<T>['subscribe'] } }) {
    const heard: unknown[] = [];
    const subscription = source.pipe(animated<T>()).subscribe({
      next: (value) => heard.push(value),
      error: (error: unknown) => heard.push(error),
      complete: () => heard.push('complete'),
    });
    return { heard, subscription };
  }

  it('gives the newest at each frame, and completes with the last', () => {
    const source = new Subject<number>();
    const { heard } = hear(source);
    source.next(1);
    source.next(2);
    expect(heard).toEqual([]);
    page.draw();
    page.draw();
    source.next(3);
    source.complete();
    page.draw();
    expect(heard).toEqual([2, 3, 'complete']);
    expect(page.waiting).toBe(0);
  });

  it('reads one for each frame, and none while the page is hidden', () => {
    let read = 0;
    function* numbers(): Generator<number> {
      for (;;) yield (read += 1);
    }
    const { heard, subscription } = hear(fromIterable(numbers()));
    for (let i = 0; i < 3; i += 1) page.draw();
    expect(heard).toEqual([1, 2, 3]);
    page.hide(true);
    const before = read;
    for (let i = 0; i < 5; i += 1) page.draw();
    expect(read).toBe(before);
    page.hide(false);
    page.draw();
    page.draw();
    expect(heard.length).toBe(5);
    subscription.unsubscribe();
    expect(page.waiting).toBe(0);
    expect(page.document.listeners.size).toBe(0);
  });

  it('passes an error at once, and nothing of an empty source', () => {
    expect(hear(throwError(() => 'failed')).heard).toEqual(['failed']);
    expect(hear(of()).heard).toEqual(['complete']);
  });

  it('pulls no more of a synchronous source than take asks for', () => {
    let pulled = 0;
    const heard: number[] = [];
    range(0, 5)
      .pipe(
        tap(() => (pulled += 1)),
        animated(),
        take(1),
      )
      .subscribe((value) => heard.push(value));
    page.draw();
    expect(heard).toEqual([4]);
    expect(pulled).toBe(5);
  });

  it('serves many pipelines with one value', () => {
    const operator = animated<number>();
    const heard: number[] = [];
    for (const value of [1, 2])
      of(value)
        .pipe(operator)
        .subscribe((one) => heard.push(one));
    page.draw();
    expect(heard).toEqual([1, 2]);
  });

  it('says where there are no frames', () => {
    vi.stubGlobal('requestAnimationFrame', undefined);
    expect(hear(of(1)).heard).toEqual([expect.objectContaining({ code: 'ERR_UNSUPPORTED' })]);
  });
});
