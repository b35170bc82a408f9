import type { AddressInfo, Socket, TcpNetConnectOpts } from 'node:net';
import type { Carrier, CarrierOptions } from '../Carrier.js';
import { NetAttempt } from './NetAttempt.js';
import { NetListening } from './NetListening.js';
import { parseTcp, type TcpAddress, tcpEndpoint } from '../parseTcp.js';
import { CarrierError } from '../reasons.js';
import { type HostAddress, resolveHost, resolveOwnHost } from './resolveHost.js';

/**
 * TCP. Each attempt looks the name up and tries every address of it, IPv4 before IPv6. `[::]` accepts IPv4 connections too.
 */
export const tcpCarrier: Carrier = {
  connect(endpoint, options, listener) {
    const attempt = new NetAttempt(options, listener, (socket) => tune(socket, options));
    const { source, target } = parseTcp(endpoint);
    resolveHost(target.host, (error, targets) => {
      if (error) return attempt.fail(error);
      if (source === undefined) return attempt.start(targets.map(({ address: host }) => ({ host, port: target.port })));
      sourceAddresses(source, (sourceError, sources) => {
        if (sourceError) return attempt.fail(ownHostError(sourceError, source.host));
        const pairs = pairsOf(sources, targets, source.port, target.port);
        if (pairs.length > 0) attempt.start(pairs);
        else
          attempt.fail(new CarrierError('EAFNOSUPPORT', 'one of source and target has IPv4 only, the other IPv6 only'));
      });
    });
    return attempt.cancel;
  },

  listen(endpoint, options, listener) {
    const listening = new NetListening(options, listener);
    const { host, port } = parseTcp(endpoint).target;
    resolveOwnHost(host, (error, [first]) => {
      if (error) return listening.fail(ownHostError(error, host));
      listening.start({
        where: { host: first!.address, port },
        endpointOf: (server) => {
          const bound = server.address() as AddressInfo;
          return tcpEndpoint(bound.address, bound.port);
        },
        accepted: (socket) => tune(socket, options),
      });
    });
    return listening.stop;
  },
};

function tune(socket: Socket, { keepAliveMs }: CarrierOptions): void {
  socket.setNoDelay(true);
  // the system counts in seconds, and does not accept 0
  if (keepAliveMs !== undefined) socket.setKeepAlive(true, Math.max(1, Math.ceil(keepAliveMs / 1000)) * 1000);
}

/** The local addresses to connect from; `undefined`: any address of this machine, if only the port matters. */
function sourceAddresses(
  { host }: TcpAddress,
  done: (error: Error | null, addresses: readonly (HostAddress | undefined)[]) => void,
): void {
  if (host === '*') done(null, [undefined]);
  else resolveOwnHost(host, done);
}

/** The pairs to try: each target with the first source of the same address family. */
function pairsOf(
  sources: readonly (HostAddress | undefined)[],
  targets: readonly HostAddress[],
  localPort: number,
  port: number,
): readonly TcpNetConnectOpts[] {
  return targets.flatMap(({ address: host, family }) => {
    const fits = sources.some((source) => source === undefined || source.family === family);
    const localAddress = sources.find((source) => source?.family === family)?.address;
    return fits ? [{ host, port, localAddress, localPort }] : [];
  });
}

/** For an unknown name, an error that also mentions interfaces. */
function ownHostError(error: Error & { readonly code?: string }, host: string): Error {
  if (error.code !== 'ENOTFOUND') return error;
  return new CarrierError('ENOTFOUND', `'${host}' is neither an interface of this machine nor a known name`);
}
