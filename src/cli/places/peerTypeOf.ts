import { filter, ignoreElements, map, merge, Observable, Subject, take } from 'rxjs';
import { fromSub, raw, type SocketStatus } from '../../index.js';

/**
 * With PLAIN and CURVE a peer ends a connection whose type does not fit without a word. It does the same for some wrong keys; the connection
 * that comes next will say that.
 */
export const UNTOLD = 'untold';

/** No publisher sends this: the socket that asks takes nothing. */
const NOTHING = '\0rxzmq asks for the type of its peer\0';

/**
 * Emits the socket type of the peer at an endpoint, such as `'PUSH'`, once it answers, and completes. It takes no message: a PUB sees a
 * subscriber of nothing, and every other peer sees one connection that ends with its handshake.
 *
 * @param options those of the connection, security for one
 */
export function peerTypeOf(
  endpoint: string,
  options: Readonly<Record<string, unknown>>,
  status?: Subject<SocketStatus>,
): Observable<string> {
  return new Observable<string>((out) => {
    const statuses = new Subject<SocketStatus>();
    const types = statuses.pipe(
      map(typeIn),
      filter((type) => type !== undefined),
      take(1),
    );
    const told = status ? statuses.pipe(filter((one) => typeIn(one) === undefined)).subscribe(status) : undefined;
    const asking = merge(
      types,
      fromSub(endpoint, { ...options, codec: raw, topics: [NOTHING], status: statuses }).pipe(ignoreElements()),
    )
      .pipe(take(1))
      .subscribe(out);
    return () => {
      told?.unsubscribe();
      asking.unsubscribe();
    };
  });
}

/** The type of the peer, if an event tells it. */
export function typeIn(status: SocketStatus): string | undefined {
  if (status.kind === 'connected') return 'PUB';
  if (status.kind !== 'handshakeFailed') return undefined;
  if (status.error !== undefined && status.reason.includes('closed the connection')) return UNTOLD;
  const [, own, other] = /a (\w+) socket does not talk to (?:one of type )?['"]?(\w+)/.exec(status.reason) ?? [];
  return own === 'SUB' ? other : own; // the side of the gateway says it the other way round
}
