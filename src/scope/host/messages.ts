import type { CoreSettings } from '../core/settings.js';
import type { ScopeReadings } from '../view/ScopeReadings.js';
import type { ViewCalls } from './ViewLoop.js';

/** What a page sends to the worker of a scope: the canvas, then calls. */
export type ToWorker =
  | { readonly call: 'open'; readonly canvas: unknown; readonly settings: CoreSettings }
  | { readonly call: keyof ViewCalls; readonly args: readonly unknown[] };

/** What the worker answers: it has started, it has taken a value, what it shows, or why it cannot go on. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken' }
  | { readonly kind: 'readings'; readonly readings: ScopeReadings }
  | { readonly kind: 'failed'; readonly reason: string };
