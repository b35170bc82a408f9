import { type Observable, Subscription } from 'rxjs';
import type { SocketStatus } from 'rxzmq';
import { onTestFinished } from 'vitest';
import { Inbox } from './Inbox.js';

/** What an Observable notified. It is unsubscribed when the test ends. */
export interface Recording<T> {
  readonly values: Inbox<T>;
  /** Settles as the Observable does. */
  readonly completed: Promise<void>;
  /** Whether it has neither completed nor errored. */
  readonly open: boolean;
}

export function record<T>(source: Observable<T>): Recording<T> {
  const values = new Inbox<T>();
  let open = true;
  const subscription = new Subscription();
  onTestFinished(() => subscription.unsubscribe());
  const completed = new Promise<void>((resolve, reject) => {
    subscription.add(
      source.subscribe({
        next: (value) => values.put(value),
        error: (error: unknown) => {
          open = false;
          values.end(error);
          reject(error);
        },
        complete: () => {
          open = false;
          values.end(new Error('completed'));
          resolve();
        },
      }),
    );
  });
  completed.catch(() => undefined); // not every test waits for it
  return {
    values,
    completed,
    get open() {
      return open;
    },
  };
}

/** An observer for the option `status`, and what it was told. */
export class Statuses {
  readonly told: SocketStatus[] = [];
  readonly #inbox = new Inbox<SocketStatus>();

  readonly next = (status: SocketStatus): void => {
    this.told.push(status);
    this.#inbox.put(status);
  };

  /** The earliest status of a kind that was not taken yet. */
  async take<K extends SocketStatus['kind']>(kind: K): Promise<Extract<SocketStatus, { kind: K }>> {
    return this.#inbox.take((status): status is Extract<SocketStatus, { kind: K }> => status.kind === kind);
  }

  /** The address a socket was bound to. */
  async bound(): Promise<string> {
    return (await this.take('listening')).endpoint;
  }
}
