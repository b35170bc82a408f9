import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { RawPeer } from '../../../contract/RawPeer.js';

/** A peer by hand, over tcp or ipc. */
export class HostilePeer extends RawPeer {
  readonly socket: Socket;

  constructor(socket: Socket) {
    super(socket);
    this.socket = socket;
  }

  /** Ends its connection without a goodbye. */
  drop(): void {
    drop(this.socket);
  }
}

/** Connects to an endpoint of tcp or ipc. */
export async function dialSocket(endpoint: string): Promise<Socket> {
  const socket = connect(addressOf(endpoint));
  socket.on('error', () => undefined); // 'close' follows
  await once(socket, 'connect');
  return socket;
}

/** Connects as a peer that says what it is told to say. */
export async function dial(endpoint: string): Promise<HostilePeer> {
  return new HostilePeer(await dialSocket(endpoint));
}

/** The same, and does the handshake as this socket type. */
export async function greeted(endpoint: string, type: string): Promise<HostilePeer> {
  const peer = await dial(endpoint);
  await peer.greet(type);
  return peer;
}

/** Ends a connection at once: with a reset, where there is such a thing. */
export function drop(socket: Socket): void {
  if (socket.remotePort === undefined) socket.destroy();
  else socket.resetAndDestroy();
}

/** Where node:net finds it. */
export function addressOf(
  endpoint: string,
): { readonly path: string } | { readonly host: string; readonly port: number } {
  if (endpoint.startsWith('ipc:')) return { path: endpoint.slice('ipc://'.length) };
  const { hostname: host, port } = new URL(endpoint.replace('tcp:', 'http:'));
  return { host, port: Number(port) };
}

/** Comes back when it is closed, whatever the reason: with `once` of node:events an error would be thrown. */
export function gone(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}
