import { redacted } from '../basics/redacted.js';
import { OptionError } from '../errors.js';
import type { Rules } from './rules.js';
import { zeromqNames } from './zeromqNames.js';

const DIRECTIONS = "'highWaterMark' here, for both directions";
const HANDLE = 'not here: it is an option of openSocket, for sockets by hand';

/** Options of zeromq.js that sources, sinks and requests replace by something else than `openSocket` does. */
const atEndpoints: ReadonlyMap<string, string> = new Map([
  ['sendHighWaterMark', DIRECTIONS],
  ['receiveHighWaterMark', DIRECTIONS],
  ['sendTimeout', "RxJS's 'timeout' here"],
  ['receiveTimeout', "RxJS's 'timeout' here"],
  ['immediate', 'not needed here: only connected peers get messages'],
  ['conflate', 'not here: fromSub has it'],
  ['routingId', HANDLE],
  ['probeRouter', HANDLE],
  ['relaxed', HANDLE],
  ['mandatory', HANDLE],
  ['handover', HANDLE],
  ['verbosity', HANDLE],
  ['manual', HANDLE],
  ['invertMatching', HANDLE],
  ['backlog', HANDLE],
  ['connectTimeout', HANDLE],
  ['tcpKeepalive', HANDLE],
  ['tcpKeepaliveIdle', HANDLE],
  ['tcpKeepaliveCount', HANDLE],
  ['tcpKeepaliveInterval', HANDLE],
  ['tcpMaxRetransmitTimeout', HANDLE],
  ['typeOfService', HANDLE],
  ['socksProxy', HANDLE],
  ['interface', HANDLE],
  ['sendBufferSize', HANDLE],
  ['receiveBufferSize', HANDLE],
]);

/**
 * Refuses names of zeromq.js's options that a function does not have, and says what to use.
 *
 * @throws OptionError
 */
export function refuseZeroMQNames(of: string, options: unknown, rules: Rules): void {
  for (const [name, value] of Object.entries(Object(options) as object)) {
    if (Object.hasOwn(rules, name)) continue;
    const here = atEndpoints.get(name) ?? zeromqNames.get(name);
    if (here !== undefined) throw new OptionError(name, redacted(value), `${of}: option '${name}' is ${here}`);
  }
}
