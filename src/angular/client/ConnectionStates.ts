import { computed, InjectionToken, type Signal, signal, untracked } from '@angular/core';
import type { SocketStatus } from '../../driver/SocketStatus.js';

/** The state of all connections together: the worst of them. */
export type ConnectionState = 'idle' | 'connected' | 'connecting' | 'waiting' | 'refused';

/** From best to worst. */
const RANKS: readonly ConnectionState[] = ['idle', 'connected', 'connecting', 'waiting', 'refused'];

/** The state of one endpoint of a socket. */
interface EndpointState {
  readonly state: ConnectionState;
  readonly reason?: string | undefined;
  /** The attempt that has just ended was refused: the next one is slow. */
  readonly refused?: boolean;
}

/** The endpoints of each socket, by the id of the socket. */
type Sockets = ReadonlyMap<number, ReadonlyMap<string, EndpointState>>;

const IDLE: EndpointState = { state: 'idle' };

/** The states of the connections of a client, from the statuses of its sockets. */
export class ConnectionStates {
  readonly #sockets = signal<Sockets>(new Map());
  readonly #worst = computed(() => {
    let worst = IDLE;
    for (const endpoints of this.#sockets().values()) {
      for (const one of endpoints.values()) if (rank(one) > rank(worst)) worst = one;
    }
    return worst;
  });

  readonly state: Signal<ConnectionState> = computed(() => this.#worst().state);
  readonly reason: Signal<string | undefined> = computed(() => this.#worst().reason);

  /** A socket reports a status. It may do so while a template is rendered or an effect runs: nothing is tracked. */
  saw(status: SocketStatus): void {
    untracked(() => {
      const { socketId, endpoint } = status;
      const sockets = this.#sockets();
      if (status.kind === 'closed') {
        if (sockets.has(socketId)) this.#sockets.set(without(sockets, socketId));
        return;
      }
      const before = sockets.get(socketId);
      const after = next(before?.get(endpoint), status);
      if (after !== undefined) this.#sockets.set(new Map(sockets).set(socketId, new Map(before).set(endpoint, after)));
    });
  }
}

/** The states of the connections of the nearest client. */
export const CONNECTION_STATES = /* @__PURE__ */ new InjectionToken<Pick<ConnectionStates, 'state' | 'reason' | 'saw'>>(
  'rxzmq connection states',
  { providedIn: 'root', factory: () => new ConnectionStates() },
);

/** The state of an endpoint after a status; `undefined`: it does not change. */
function next(before: EndpointState | undefined, status: SocketStatus): EndpointState | undefined {
  switch (status.kind) {
    case 'connecting':
      return before ? { ...before, refused: false } : { state: 'connecting' }; // a further attempt is no news
    case 'connected':
      return { state: 'connected' };
    case 'disconnected':
      return { state: 'waiting', reason: status.reason };
    case 'handshakeFailed':
      return { state: 'refused', reason: status.error?.message ?? status.reason, refused: true };
    case 'retrying':
      if (before?.refused === true) return undefined;
      return { state: 'waiting', reason: status.reason ?? before?.reason };
    default:
      return undefined;
  }
}

function rank({ state }: EndpointState): number {
  return RANKS.indexOf(state);
}

function without(sockets: Sockets, socketId: number): Sockets {
  const rest = new Map(sockets);
  rest.delete(socketId);
  return rest;
}
