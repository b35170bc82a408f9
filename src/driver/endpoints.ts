import { utf8Of } from '../basics/utf8.js';
import { UnsupportedError } from '../errors.js';
import { closestName } from '../basics/closestName.js';
import { describe } from '../basics/describe.js';
import { type CheckEndpoints, endpointList, type Refuse } from './endpointList.js';
import { isNats } from './isNats.js';
import { withoutSecrets } from './withoutSecrets.js';

export type { Endpoints } from './endpointList.js';

/** Transports of these sockets, and those that ZeroMQ has for other sockets. */
const TRANSPORTS = ['tcp', 'ipc', 'inproc', 'ws', 'wss'];
const OTHER_TRANSPORTS = ['udp', 'pgm', 'epgm', 'norm', 'tipc', 'vmci', 'gssapi'];

/** `sun_path` without its closing NUL. */
const MAX_IPC_PATH_BYTES = 107;
const MAX_INPROC_NAME_BYTES = 255;

/**
 * Checks the endpoints of a call, and returns them as a list.
 *
 * @param isNative `ws://` is libzmq's on either side; otherwise only if it is bound
 * @throws EndpointError if one is invalid
 * @throws UnsupportedError for a transport that these socket types do not have
 */
export const checkEndpoints: CheckEndpoints = /* @__PURE__ */ endpointList(checkOther);

/** Whether it is inproc, which libzmq's monitor does not report. */
export function isInproc(endpoint: string): boolean {
  return endpoint.startsWith('inproc://');
}

/** Whether the endpoint names an IPv6 address. */
export function isIpv6(endpoint: string): boolean {
  return /^(tcp|ws):\/\/(.*;)?\[/.test(endpoint);
}

function checkOther(of: string, endpoint: string, bind: boolean, refuse: Refuse): void {
  if (isNats(endpoint)) {
    throw new UnsupportedError(
      `${of}: ${describe(withoutSecrets(endpoint))}: NATS is for sources, sinks, request and reply, with no other transport beside it`,
    );
  }
  const parts = /^([^:/]*):\/\/(.*)$/s.exec(endpoint);
  if (parts === null) {
    const example = /^[^/]*:(\d+|\*)$/.test(endpoint) ? `tcp://${endpoint}` : 'tcp://127.0.0.1:5555';
    return refuse(`has no transport; write it like '${example}'`);
  }
  const [, transport = '', address = ''] = parts;
  if (OTHER_TRANSPORTS.includes(transport)) {
    throw new UnsupportedError(
      `${of}: ${describe(endpoint)}: ${transport} is not for this socket type here; use ${TRANSPORTS.join(', ')}`,
    );
  }
  if (!TRANSPORTS.includes(transport)) {
    const meant = closestName(transport, TRANSPORTS);
    return refuse(
      `has the unknown transport '${transport}'; ${meant === undefined ? `use ${TRANSPORTS.join(', ')}` : `did you mean '${meant}'?`}`,
    );
  }
  if (address === '') return refuse('has no address');
  if (address.includes('\0')) return refuse('holds a NUL character');
  const reason =
    transport === 'tcp'
      ? tcpFault(address, bind)
      : transport === 'ws'
        ? portFault(address.replace(/\/.*$/s, ''), bind)
        : transport === 'ipc'
          ? ipcFault(address, bind)
          : byteLength(address) > MAX_INPROC_NAME_BYTES && `has a name longer than ${MAX_INPROC_NAME_BYTES} bytes`;
  if (reason) refuse(reason);
}

function ipcFault(path: string, bind: boolean): string | false {
  if (path === '*' && !bind) return 'has a wildcard, which only a binding side can have';
  if (byteLength(path) > MAX_IPC_PATH_BYTES) return `has a path longer than ${MAX_IPC_PATH_BYTES} bytes`;
  return false;
}

/** `host:port`, or `source:port;host:port` on a connecting side. */
function tcpFault(address: string, bind: boolean): string | false {
  const [first = '', second, third] = address.split(';');
  if (third !== undefined) return 'has more than one source address';
  if (second === undefined) return portFault(first, bind);
  return bind
    ? 'has a source address, which only a connecting side can have'
    : portFault(first, true) || portFault(second, bind);
}

function portFault(address: string, bind: boolean): string | false {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, Math.max(colon, 0));
  const port = address.slice(colon + 1);
  if (colon < 0 || /\]$/.test(address)) return 'has no port';
  if (host === '') return "has no host; a binding side can write '*', a connecting side '127.0.0.1'";
  if (host.includes(':') && !/^\[[^[\]]+\]$/.test(host))
    return "has an IPv6 address without brackets, or two ports; write it like 'tcp://[::1]:5555'";
  if (/[\s/?#@]/.test(host)) return 'has a host with a character that no host has';
  if (host === '*' && !bind) return "has the host '*', which only a binding side can have";
  if (port === '*' || /^0+$/.test(port))
    return bind ? false : `has the port '${port}', which only a binding side can have`;
  if (!/^\d+$/.test(port)) return `has the port '${port}', which is not a number`;
  if (Number(port) > 65535) return `has the port ${port}, which is above 65535`;
  return false;
}

function byteLength(text: string): number {
  return utf8Of(text).length;
}
