import type { Surface } from '../paint/Pen.js';

/** An event of a pointer, wheel or key, as far as it is used. */
export interface PageEvent {
  readonly clientX: number;
  readonly clientY: number;
  readonly pointerId: number;
  readonly pointerType: string;
  readonly button: number;
  readonly deltaX: number;
  readonly deltaY: number;
  readonly deltaMode: number;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly key: string;
  readonly timeStamp: number;
  preventDefault(): void;
}

/** What listens to events. */
interface Target {
  /* eslint-disable @typescript-eslint/no-explicit-any -- the events of a page: any other type keeps its elements out */
  /** As that of `EventTarget`. */
  addEventListener(type: string, listener: (event: any) => void, options?: { passive?: boolean }): void;
  /** As that of `EventTarget`. */
  removeEventListener(type: string, listener: (event: any) => void): void;
  /* eslint-enable @typescript-eslint/no-explicit-any -- as above */
}

/** The part of a canvas in a page that is used: every `HTMLCanvasElement` has it. */
export interface ScopeCanvas extends Surface, Target {
  readonly clientWidth: number;
  readonly clientHeight: number;
  readonly isConnected: boolean;
  tabIndex: number;
  readonly style: { width: string; height: string; touchAction: string };
  /** As that of `Element`. */
  hasAttribute(name: string): boolean;
  /** As that of `Element`. */
  setAttribute(name: string, value: string): void;
  /** As that of `Element`, in CSS pixels. */
  getBoundingClientRect(): { readonly left: number; readonly top: number };
  /** As that of `Element`. */
  setPointerCapture(pointer: number): void;
}

/** A worker, as far as it is used. */
export interface ScopeWorker {
  onmessage: unknown;
  onerror: unknown;
  /** As that of `Worker`. */
  postMessage(message: unknown, moved: unknown[]): void;
  /** As that of `Worker`. */
  terminate(): void;
}

/** What a page offers, as far as it is used; elsewhere, some of it is missing. */
export interface PageGlobals {
  readonly document?: Target & { readonly hidden: boolean };
  readonly devicePixelRatio?: number;
  readonly matchMedia?: (query: string) => Target & { readonly matches: boolean };
  readonly ResizeObserver?: new (changed: () => void) => { observe(canvas: unknown): void; disconnect(): void };
  readonly OffscreenCanvas?: unknown;
  readonly Worker?: unknown;
}

export const page = globalThis as unknown as PageGlobals;
