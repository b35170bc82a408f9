import { ignoreElements, Observable, type OperatorFunction } from 'rxjs';
import { nextTask } from '../../time/nextTask.js';
import type { RxzmqClient } from './RxzmqClient.js';

/** Completes without a value: on a server nothing may wait for a peer, and in the next task, so that `repeat` cannot loop. */
const nothing = new Observable<never>((subscriber) => nextTask(() => subscriber.complete()));

const sendsNothing = (): OperatorFunction<unknown, never> => (source) => source.pipe(ignoreElements());

/** The client while an application is rendered on a server: it opens no socket, and emits nothing. */
export const silentClient: RxzmqClient = {
  fromSub: () => nothing,
  fromPull: () => nothing,
  toPush: sendsNothing,
  request: sendsNothing,
  requester: () => ({ request: () => nothing, close: () => Promise.resolve() }),
} as RxzmqClient; // overloads carry the types
