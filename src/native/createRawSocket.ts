import { UnsupportedError } from '../errors.js';
import type { SocketSettings } from '../driver/SocketSettings.js';
import { commonOptions, openWith, type ZeroMQSocket } from './createZeroMQSocket.js';
import type { ZeroMQ } from './loadZeroMQ.js';
import { optionNumbers } from './optionNumbers.js';
import { FIRST_DRAFT, socketNumbers } from './socketNumbers.js';

/** The base class of zeromq.js, with the methods of all types, and options by number. */
export type RawZeroMQSocket = Omit<ZeroMQSocket, 'send' | 'receive'> & {
  linger: number;
  ipv6: boolean;
  send(parts: Uint8Array[], options?: object): Promise<void>;
  receive(): Promise<unknown[]>;
  join(group: Buffer): void;
  leave(group: Buffer): void;
  setInt32Option(option: number, value: number): void;
  setStringOption(option: number, value: Buffer): void;
};

const NOTIFY = { none: 0, connect: 1, disconnect: 2, both: 3 } as const;

/** The boolean options of patterns and their names in libzmq. */
const SWITCHES = [
  'mandatory',
  'handover',
  'probe',
  'relaxed',
  'correlate',
  'verbose',
  'verboser',
  'manual',
  'manualLastValue',
  'onlyFirstSubscribe',
  'verboseUnsubscribe',
  'noDrop',
  'invertMatching',
] as const;

const EXTRAS = [
  'tcpKeepaliveCount',
  'tcpKeepaliveInterval',
  'tcpMaxRetransmitTimeout',
  'typeOfService',
  'sendBufferSize',
  'receiveBufferSize',
  'multicastHops',
] as const;

/**
 * Creates a zeromq.js socket of any type, not yet bound or connected.
 *
 * @throws UnsupportedError for a type that this libzmq does not have
 */
export function createRawSocket(zeromq: ZeroMQ, settings: SocketSettings): RawZeroMQSocket {
  const number = socketNumbers[settings.type];
  if (number === undefined || (number >= FIRST_DRAFT && zeromq.capability.draft !== true)) {
    throw new UnsupportedError(`libzmq, as the zeromq package has it here, is without the draft type ${settings.type}`);
  }
  const Base = zeromq.Socket as unknown as new (type: number) => object;
  class AnySocket extends Base {
    constructor() {
      super(number!);
    }
  }
  const socket = openWith(AnySocket, commonOptions(settings)) as unknown as RawZeroMQSocket;
  try {
    configure(socket, settings);
  } catch (error) {
    socket.close();
    throw error;
  }
  return socket;
}

function configure(socket: RawZeroMQSocket, settings: SocketSettings): void {
  const { highWaterMark, sendHighWaterMark = highWaterMark, receiveHighWaterMark = highWaterMark } = settings;
  const { options, extras = {}, limits } = settings;
  const set = (name: keyof typeof optionNumbers, value: number | undefined): void => {
    if (value !== undefined) socket.setInt32Option(optionNumbers[name], value);
  };
  const setBytes = (name: keyof typeof optionNumbers, value: string | Uint8Array | undefined): void => {
    if (value !== undefined) socket.setStringOption(optionNumbers[name], Buffer.from(value as Uint8Array));
  };
  set('sendTimeout', 0); // if the queue is full, the socket tries again itself, so that it can give up
  set('sendHighWaterMark', sendHighWaterMark);
  set('receiveHighWaterMark', receiveHighWaterMark);
  if (settings.immediate === true) set('immediate', 1);
  if (settings.conflate === true) set('conflate', 1);
  set('backlog', settings.backlog);
  set('connectTimeout', settings.connectTimeoutMs);
  set('handshakeInterval', limits.handshakeTimeoutMs);
  if (settings.keepAliveMs !== undefined) {
    set('tcpKeepalive', 1);
    set('tcpKeepaliveIdle', Math.ceil(settings.keepAliveMs / 1000));
  }
  setBytes('routingId', settings.routingId);
  for (const name of SWITCHES) if (options[name] === true) set(name, 1);
  if (options.welcomeMessage !== undefined) setBytes('welcomeMessage', options.welcomeMessage);
  if (options.notify !== undefined) {
    if (settings.type === 'stream') set('streamNotify', options.notify === 'none' ? 0 : 1);
    else set('routerNotify', NOTIFY[options.notify]);
  }
  for (const name of EXTRAS) set(name, extras[name]);
  setBytes('socksProxy', extras.socksProxy);
  setBytes('interface', extras.interface);
}
