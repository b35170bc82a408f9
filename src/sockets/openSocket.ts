import { Handle } from './Handle.js';
import type { XPubSocketOptions } from './OpenSocketOptions.js';
import type { Subscribes } from './SocketHandle.js';
import { socketPlan } from './socketPlan.js';
import type { SocketOf, SocketOptionsByType, SocketType } from './SocketTypes.js';

/**
 * Opens a ZeroMQ socket of any type, with ZeroMQ's own rules, as a handle: Observables in and sinks out, where the endpoints
 * of this library ({@link fromPull}, {@link toPub} and so on) are not enough.
 *
 * Its methods can be chained. A failure of the socket, such as a port that is taken, rejects `opened`, errors `messages`
 * and rejects each `send`; it is never unhandled. Messages are what the type needs and no more: parts, a single part, or an
 * object with a routing id, group or address. What a type cannot do does not compile, and throws an `UnsupportedError` in
 * plain JavaScript; `send`, as it gives a Promise, rejects with it.
 *
 * The driver is picked once, for all endpoints that are asked for in the same turn: the engine, or libzmq for dgram, for
 * options that only it has, and for ws and udp. peer and channel are the engine's alone. `subscribed` is told by the engine.
 *
 * **Delivery** As the type has it: push, pull, req, rep, dealer, pair, client, server, scatter, gather, peer and channel wait
 * at the marks, pub, xpub and radio drop there unless `noDrop` is set, router unless `mandatory` is. As in ZeroMQ, and other
 * than at the endpoints, a connecting socket takes messages also before its peer is there, up to its mark, unless `immediate`
 * is set. `messages` is held back by its consumers, `sink()` holds back what feeds it.
 * **Ends** With `close`, or `await using`; not by itself.
 * **Example**
 * {@includeCode ../../examples/openSocket.ts#main}
 * @param type `'pair'`, `'pub'`, `'sub'`, `'xpub'`, `'xsub'`, `'push'`, `'pull'`, `'req'`, `'rep'`, `'dealer'`, `'router'`,
 * `'stream'`, `'server'`, `'client'`, `'radio'`, `'dish'`, `'scatter'`, `'gather'`, `'dgram'`, `'peer'` or `'channel'`
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
