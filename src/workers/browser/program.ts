/** The first message to a worker. */
export interface WorkerStart {
  readonly stage: string;
  readonly settings: unknown;
}

/** Messages of the program itself. */
export type FromProgram =
  /** An exception that the stage did not catch. Node ends a thread then; here the page does. */
  | { readonly kind: 'crashed'; readonly error: { readonly name: string; readonly message: string } }
  /** The worker has called `close`. */
  | { readonly kind: 'closed' };

/**
 * The program of a worker: it loads the stage, which then runs itself. It is a string and not a file, since bundlers move files to
 * other places. Messages that arrive before the stage is loaded wait for it: a worker loses those that have no listener.
 */
export const program = `
  const early = [];
  const listeners = { message: (message) => early.push(message), messageerror: () => {} };
  const post = (message, moved = []) => postMessage(message, moved);
  const crashed = (thrown) => {
    const { name = 'Error', message = String(thrown) } = Object(thrown);
    post({ kind: 'crashed', error: { name, message } });
  };
  const end = close.bind(globalThis);
  globalThis.close = () => (post({ kind: 'closed' }), end());
  addEventListener('error', (event) => (event.preventDefault(), crashed(event.error ?? event.message)));
  addEventListener('unhandledrejection', (event) => (event.preventDefault(), crashed(event.reason)));
  addEventListener('message', ({ data }) => listeners.message(data));
  addEventListener('messageerror', () => listeners.messageerror(new Error('it cannot be read in the worker')));
  const port = {
    postMessage: post,
    on: (event, listener) => {
      listeners[event] = listener;
      if (event === 'message') for (const message of early.splice(0)) listener(message);
    },
  };
  const begin = (module, settings) => {
    const made = module.default?.default ?? module.default; // what a compiler has made for CommonJS
    const serve = made?.[Symbol.for('rxzmq.stage.1')];
    if (serve) serve(port, settings);
    else post({ kind: 'noStage', names: Object.keys(module) });
  };
  const wait = listeners.message;
  listeners.message = ({ stage, settings }) => {
    listeners.message = wait;
    import(stage).then((module) => begin(module, settings), (thrown) => {
      const { name, message = String(thrown), stack } = Object(thrown);
      post({ kind: 'unloadable', error: { kind: 'error', name, message, stack, fields: {} } });
    });
  };
`;
