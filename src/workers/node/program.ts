/** The data for a worker at its start. */
export interface WorkerData {
  readonly stage: string;
  readonly settings: unknown;
  /** The module that enables it to load TypeScript, if one is needed. */
  readonly typescript: string | undefined;
}

/**
 * The program of a worker: it loads the stage, which then runs itself. It is a string and not a file, since bundlers move files to
 * other places.
 */
export const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { stage, settings, typescript } = workerData;
  const load = async () => {
    if (typescript !== undefined) (await import(typescript)).register();
    return import(stage);
  };
  const begin = (module) => {
    const made = module.default?.default ?? module.default; // what a compiler has made for CommonJS
    const serve = made?.[Symbol.for('rxzmq.stage.1')];
    if (serve) serve(parentPort, settings);
    else parentPort.postMessage({ kind: 'noStage', names: Object.keys(module) });
  };
  load().then(begin, (thrown) => {
    const { name, message = String(thrown), stack, code } = Object(thrown);
    const error = { kind: 'error', name, message, stack, fields: code === undefined ? {} : { code } };
    parentPort.postMessage({ kind: 'unloadable', error });
  });
`;
