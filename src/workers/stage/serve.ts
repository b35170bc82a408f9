import type { ToWorker } from '../wire/messages.js';
import type { Port } from '../wire/Port.js';
import { GeneratorRun, isGenerator } from './GeneratorRun.js';
import { followObservable, observableIn } from './followObservable.js';
import { Answers } from './Answers.js';

/** The function of a stage. */
export type Work = (value: unknown, settings: unknown) => unknown;

/** The port of a worker. */
export interface WorkerPort extends Port {
  on(event: 'message', listener: (message: ToWorker) => void): void;
  on(event: 'messageerror', listener: (error: Error) => void): void;
}

/** Runs a stage for the thread at the other end of the port. */
export type Serve = (port: WorkerPort, settings: unknown) => void;

/** Runs `work` for each value that arrives, one at a time. */
export function serve(work: Work, port: WorkerPort, settings: unknown): void {
  const answers = new Answers(port);
  let running: GeneratorRun | undefined;

  const give = (result: unknown): void => {
    const observable = observableIn(result);
    if (observable) {
      followObservable(observable, answers);
    } else if (isGenerator(result)) {
      running = new GeneratorRun(result, answers);
      running.start();
    } else {
      answers.result(result);
    }
  };
  const fail = (error: unknown): void => answers.error(error);
  const run = (value: unknown): void => {
    running = undefined;
    try {
      const result = work(value, settings);
      // any object with `then` is a Promise here, as with `await`: its `then` need not return one
      if (isPromise(result)) Promise.resolve(result).then(give).then(undefined, fail);
      else give(result);
    } catch (error) {
      fail(error);
    }
  };

  port.on('messageerror', (error) => answers.uncloneable('the value', error));
  port.on('message', (message) => {
    if (message.kind === 'value') run(message.value);
    else running?.taken();
  });
  answers.ready();
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
}
