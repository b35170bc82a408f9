import type { ScopeWorker } from './page.js';

declare const Worker: new (url: URL, options: { type: 'module' }) => ScopeWorker;

/** Starts the worker of the package: a file beside this one. Bundlers know this form. */
export function startWorker(): ScopeWorker {
  return new Worker(new URL('./scopeWorker.js', import.meta.url), { type: 'module' });
}
