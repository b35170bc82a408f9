// The worker of a scope: it transforms and draws what the page sends. A file of its own, that imports nothing once it is built.
import type { FromWorker, ToWorker } from '../host/messages.js';
import { pageTiming } from '../host/pageTiming.js';
import { ViewLoop } from '../host/ViewLoop.js';
import { invoke } from '../host/WorkerView.js';
import type { Surface } from '../paint/Pen.js';
import { ScopeView } from '../view/ScopeView.js';

interface WorkerScope {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  postMessage(message: FromWorker): void;
}

const self = globalThis as unknown as WorkerScope;
let view: ViewLoop | undefined;

self.onmessage = ({ data }) => {
  if (data.call === 'open') {
    view = new ViewLoop(new ScopeView(data.canvas as Surface, data.settings), pageTiming, (readings) =>
      self.postMessage({ kind: 'readings', readings }),
    );
    return;
  }
  try {
    if (view) invoke(view, data.call, data.args);
  } finally {
    if (data.call === 'take') self.postMessage({ kind: 'taken' });
  }
};
self.postMessage({ kind: 'ready' });
