import { type InjectOptions, type Injector, PendingTasks, type ProviderToken } from '@angular/core';
import { nextTask } from '../../time/nextTask.js';

/** How the application waits for a resource. */
export interface Brief {
  /** For the resource: it counts as pending until the next task, and no longer. */
  readonly injector: Injector;
  /** What has come is on its way to the resource, and shown before the application is stable. */
  readonly hold: () => void;
}

/**
 * The injector of a resource that may wait for its first value for ever. The application is stable meanwhile, so that hydration ends
 * and `whenStable` resolves; what has come is waited for.
 */
export function briefly(injector: Injector): Brief {
  const tasks = injector.get(PendingTasks);
  const add = (): (() => void) => {
    const done = tasks.add();
    nextTask(done);
    return done;
  };
  const brief: Pick<PendingTasks, 'add' | 'run'> = { add, run: (action) => tasks.run(action) };
  const get = (token: ProviderToken<unknown>, missing?: unknown, options: InjectOptions = {}): unknown =>
    token === PendingTasks ? brief : injector.get(token, missing, options);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- of the overloads of `get`, another one is
  return { injector: { get }, hold: () => void add() };
}
