import { attributed } from '../../basics/attributed.js';
import { retell } from '../../basics/retell.js';
import type { RxZmqError, SocketError } from '../../errors.js';

/** The subscriptions of one source: a second one that binds the same endpoint cannot succeed. */
export interface Subscriptions {
  /** One more. The function that is returned ends it. */
  open(): () => void;
  /** Completes the error of a socket: names the function, and says `share()` if another subscription has the endpoint. */
  explain(error: RxZmqError): RxZmqError;
}

/** Counts the subscriptions of a source. */
export function subscriptionsOf(of: string): Subscriptions {
  let count = 0;
  return {
    open() {
      count += 1;
      return () => (count -= 1);
    },
    explain(error) {
      attributed(error, of);
      if (count > 1 && (error as Partial<SocketError>).operation === 'bind') {
        const text =
          'another subscription of this Observable has bound it: each opens a socket of its own; share() lets several use one';
        retell(error, `${error.message}; ${text}`);
      }
      return error;
    },
  };
}
