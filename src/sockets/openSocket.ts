import { Handle } from './Handle.js';
import type { XPubSocketOptions } from './OpenSocketOptions.js';
import type { Subscribes } from './SocketHandle.js';
import { socketPlan } from './socketPlan.js';
import type { SocketOf, SocketOptionsByType, SocketType } from './SocketTypes.js';

/**
 * Opens a ZeroMQ socket of any type, with ZeroMQ's own rules, and returns a handle: an Observable receives, and a sink or a method
 * sends. Use it if the endpoints of this library ({@link fromPull}, {@link toPub} and so on) are not enough.
 *
 * Its methods can be chained. A failure of the socket, such as a port that is in use, rejects `opened`, errors `messages` and
 * rejects each `send`; it is never an unhandled rejection. The type decides what a message is: parts, a single part, or an object
 * with a routing id, group or address. TypeScript does not compile a call that the type does not have; in plain JavaScript it
 * throws an `UnsupportedError`, and `send`, which returns a Promise, rejects with it.
 *
 * The driver is chosen once, for all endpoints of the same turn of the event loop: the engine, or libzmq for dgram, for options
 * that only libzmq has, and for ws and udp. Only the engine has peer and channel, and only the engine reports the status
 * `subscribed`.
 *
 * **Delivery** By type. At the high-water mark push, pull, req, rep, dealer, pair, client, server, scatter, gather, peer and
 * channel wait; pub, xpub and radio drop unless `noDrop` is set, router unless `mandatory` is set. As in ZeroMQ, and unlike the
 * endpoints, a connecting socket queues messages up to its mark before its peer is connected, unless `immediate` is set. The
 * consumers of `messages` hold back the socket; `sink()` holds back its source.
 *
 * **Ends** With `close`, or `await using`; not by itself.
 *
 * **Example**
 * {@includeCode ../../examples/openSocket.ts#main}
 * @param type `'pair'`, `'pub'`, `'sub'`, `'xpub'`, `'xsub'`, `'push'`, `'pull'`, `'req'`, `'rep'`, `'dealer'`, `'router'`,
 * `'stream'`, `'server'`, `'client'`, `'radio'`, `'dish'`, `'scatter'`, `'gather'`, `'dgram'`, `'peer'` or `'channel'`
 * @param options those of all socket types, and those of this one
 * @throws OptionError, UnsupportedError at the call
 * @see {@link fromPull}, {@link toPush}, {@link fromSub}, {@link toPub}, {@link request} and {@link reply}, which do more by
 * themselves
 */
export function openSocket(
  type: 'xpub',
  options: XPubSocketOptions & ({ readonly manual: true } | { readonly manualLastValue: true }),
): SocketOf<'xpub'> & Subscribes;
export function openSocket<Type extends SocketType>(type: Type, options?: SocketOptionsByType[Type]): SocketOf<Type>;
export function openSocket(type: SocketType, options: object = {}): unknown {
  return new Handle(socketPlan(type, options)); // overloads carry the types
}
