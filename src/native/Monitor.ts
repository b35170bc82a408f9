import type { Event, Observer } from 'zeromq';
import type { StatusOf } from '../driver/SocketStatus.js';
import { PeerCount } from './PeerCount.js';

/** The listener of a monitor. */
export interface MonitorListener {
  status(status: StatusOf): void;
  /** The number of peers whose handshake is complete has changed. */
  peers(count: number): void;
  /** The socket does not listen at that address any more. */
  unbound(address: string): void;
  /** The socket is closed and has released everything. */
  end(): void;
}

/** Maps the events of a zeromq.js monitor to statuses until its socket has ended. Never rejects. */
export async function watch(events: Observer, listener: MonitorListener): Promise<void> {
  const peers = new PeerCount();
  for (;;) {
    const event = await events.receive().catch(() => undefined); // the thread is being shut down
    if (event === undefined || event.type === 'end') break;
    const before = peers.total;
    const status = translate(event, peers);
    if (peers.total !== before) listener.peers(peers.total);
    if (status) listener.status(status);
    if (event.type === 'close') listener.unbound(event.address);
  }
  listener.end();
}

function translate(event: Event, peers: PeerCount): StatusOf | undefined {
  switch (event.type) {
    case 'connect:delay':
      return { kind: 'connecting', endpoint: event.address };
    case 'connect:retry':
      return { kind: 'retrying', endpoint: event.address, delayMs: event.interval };
    case 'accept':
    case 'connect':
      peers.start(event.address);
      return undefined;
    case 'handshake':
      peers.handshake(event.address);
      return { kind: 'connected', endpoint: event.address };
    case 'disconnect':
      return departed(event.address, peers);
    case 'handshake:error:protocol':
    case 'handshake:error:auth':
    case 'handshake:error:other':
      peers.failure(event.address);
      return { kind: 'handshakeFailed', endpoint: event.address, reason: event.error.message, error: event.error };
    case 'accept:error':
      return { kind: 'handshakeFailed', endpoint: event.address, reason: event.error.message, error: event.error };
    default:
      return undefined; // `bind` itself reports success and failure
  }
}

function departed(endpoint: string, peers: PeerCount): StatusOf | undefined {
  switch (peers.disconnect(endpoint)) {
    case 'peer':
      return { kind: 'disconnected', endpoint, reason: 'the connection ended' };
    case 'refused':
      return { kind: 'handshakeFailed', endpoint, reason: 'refused: the socket types do not fit each other' };
    case 'failed':
      return undefined; // reported as a failed handshake
  }
}
