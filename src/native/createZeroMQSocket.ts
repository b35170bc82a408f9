import type { Socket } from 'zeromq';
import { LONGEST_DELAY_MS } from '../time/Clock.js';
import { isInproc, isIpv6 } from '../driver/endpoints.js';
import type { EndpointType, SocketSettings } from '../driver/SocketSettings.js';
import type { ZeroMQ } from './loadZeroMQ.js';

/** The common part of all socket types of zeromq.js, and the few methods that only some have. */
export type ZeroMQSocket = Socket & {
  send(parts: Uint8Array[]): Promise<void>;
  receive(): Promise<Uint8Array[]>;
  receiveTimeout: number;
};

/** The settings of all socket types. */
export type CommonSettings = Pick<
  SocketSettings,
  'endpoints' | 'maxMessageBytes' | 'reconnect' | 'heartbeat' | 'limits' | 'security' | 'admits'
>;

/** The linger is 0 while the socket is open: `close` sets the actual one. */
const NO_LINGER = 0;

/** Creates the zeromq.js socket of a source or sink, not yet bound or connected. */
export function createZeroMQSocket(zeromq: ZeroMQ, settings: SocketSettings): ZeroMQSocket {
  const { type, endpoints, bind, highWaterMark } = settings;
  const common = commonOptions(settings);
  const receive = { receiveHighWaterMark: highWaterMark };
  const send = { sendHighWaterMark: highWaterMark };
  // A single endpoint keeps its queue over a reconnect. With several, a dead one must not get a share of the messages.
  const immediate = !bind && endpoints.length > 1 && !endpoints.every(isInproc);
  switch (type as EndpointType) {
    case 'sub':
      return openWith(zeromq.Subscriber, { ...common, ...receive });
    case 'pull':
      return openWith(zeromq.Pull, { ...common, ...receive });
    case 'push':
      return openWith(zeromq.Push, { ...common, ...send, immediate });
    case 'pub':
      // XPUB: the same on the wire, and it receives the subscriptions
      return openWith(zeromq.XPublisher, {
        ...common,
        ...send,
        ...receive,
        sendTimeout: 0,
        noDrop: settings.options.noDrop === true,
        verbosity: 'allSubsUnsubs',
      });
    case 'dealer':
      return openWith(zeromq.Dealer, { ...common, ...send, ...receive, immediate: !bind, sendTimeout: 0 });
    case 'router':
      return openWith(zeromq.Router, { ...common, ...send, ...receive, mandatory: true, sendTimeout: 0 });
  }
}

/** The common options of all socket types, by the names of zeromq.js. */
export function commonOptions(settings: CommonSettings): object {
  const { endpoints, reconnect, heartbeat, limits } = settings;
  return {
    linger: NO_LINGER,
    ipv6: endpoints.some(isIpv6),
    maxMessageSize: settings.maxMessageBytes,
    ...(limits.handshakeTimeoutMs !== undefined && { handshakeInterval: Math.ceil(limits.handshakeTimeoutMs) }),
    ...(reconnect
      ? {
          // libzmq has no jitter when it backs off; a different initial delay for each socket has the same effect
          reconnectInterval: jittered(reconnect.initialMs),
          reconnectMaxInterval: reconnect.maxMs,
        }
      : { reconnectInterval: -1 }),
    ...(heartbeat && {
      heartbeatInterval: heartbeat.intervalMs,
      heartbeatTimeout: heartbeat.timeoutMs,
      heartbeatTimeToLive: heartbeat.ttlMs,
    }),
  };
}

/** Sets options one by one: a constructor that throws at one leaves an incomplete socket, which ends the process. */
export function openWith(type: new () => unknown, options: object): ZeroMQSocket {
  const socket = new type() as ZeroMQSocket;
  try {
    return Object.assign(socket, options);
  } catch (error) {
    socket.close();
    throw error;
  }
}

function jittered(ms: number): number {
  return Math.min(LONGEST_DELAY_MS, Math.max(1, Math.round(ms * (0.75 + Math.random() / 2))));
}
