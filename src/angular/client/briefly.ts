import { type Injector, PendingTasks, type ProviderToken } from '@angular/core';
import { nextTask } from '../../time/nextTask.js';

/**
 * An injector for a resource that may wait for its first value for ever. What has a value at once counts as pending until it is
 * shown; a wait for a peer does not: the application is stable meanwhile, so that hydration ends and `whenStable` resolves.
 */
export function briefly(injector: Injector): Injector {
  const tasks = injector.get(PendingTasks);
  const add = (): (() => void) => {
    const done = tasks.add();
    nextTask(done);
    return done;
  };
  const brief: Pick<PendingTasks, 'add' | 'run'> = { add, run: (action) => tasks.run(action) };
  const get = (token: ProviderToken<unknown>, ...rest: never[]): unknown =>
    token === PendingTasks ? brief : (injector.get as (...args: unknown[]) => unknown).call(injector, token, ...rest);
  return { get } as Injector;
}
