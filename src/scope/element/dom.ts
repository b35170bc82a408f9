import type { ScopeCanvas } from '../host/page.js';

/** An element, as far as it is used. */
export interface PageElement {
  className: string;
  title: string;
  textContent: string | null;
  append(...children: unknown[]): void;
  remove(): void;
  replaceWith(other: unknown): void;
  setAttribute(name: string, value: string): void;
  addEventListener(type: string, listener: () => void): void;
  focus?(options?: { preventScroll?: boolean }): void;
}

/** The part of `HTMLElement` that the element of a scope stands on. */
export interface ElementBase {
  readonly isConnected: boolean;
  /** @internal */
  getAttribute(name: string): string | null;
  /** @internal */
  hasAttribute(name: string): boolean;
  /** @internal */
  setAttribute(name: string, value: string): void;
  /** @internal */
  attachShadow(settings: { mode: 'open' }): PageElement;
  /** @internal */
  dispatchEvent(event: unknown): boolean;
}

interface ElementGlobals {
  readonly HTMLElement?: new () => ElementBase;
  readonly customElements?: { define(name: string, element: unknown): void; get(name: string): unknown };
  readonly document?: { createElement(name: string): unknown };
  readonly CustomEvent?: new (type: string, settings: { detail: unknown }) => unknown;
}

export const dom = globalThis as unknown as ElementGlobals;

/** What `HTMLElement` is; where there are no elements, a class that does nothing, so that a server can import this. */
export const Base = (dom.HTMLElement ?? Object) as new () => ElementBase;

export function createElement(name: string): PageElement {
  return dom.document!.createElement(name) as PageElement;
}

export function createCanvas(): ScopeCanvas & PageElement {
  return createElement('canvas') as unknown as ScopeCanvas & PageElement;
}
