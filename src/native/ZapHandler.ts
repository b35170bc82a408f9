import { isIP } from 'node:net';
import type { Router } from 'zeromq';
import { askAuthenticator } from '../driver/askAuthenticator.js';
import type { Credentials, SocketSecurity } from '../driver/DriverSecurity.js';
import type { ZeroMQ } from './loadZeroMQ.js';

/** A socket whose peers are authenticated. */
export interface ZapClient {
  readonly security: SocketSecurity;
  /** A peer was refused. */
  denied(reason: string): void;
}

const ADDRESS = 'inproc://zeromq.zap.01';
/** The prefix of the domains of our sockets. If a domain with this prefix is unknown, its socket is closed. */
const PREFIX = 'rxzmq.';
const YES = '200';
const NO = '400';

// ignoreBOM: a password may begin with U+FEFF
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

const clients = new Map<string, ZapClient>();
/** How many sockets need no authentication, although libzmq asks the handler about their peers while there is one. */
let strangers = 0;
let router: Router | undefined;
/** Settles once the last handler has freed its address. */
let ending: Promise<void> | undefined;
let lastDomain = 0;

/** Resolves when a handler can be started. The caller must call `joinZap` in the same turn. */
export async function zapReady(): Promise<void> {
  while (ending !== undefined) await ending;
}

/**
 * Returns a ZAP domain (RFC 27) for a socket: libzmq asks the client about the peers of the socket with this domain. Starts the handler
 * that all sockets of this thread share. `leave` ends that; the handler ends with the last socket.
 *
 * @throws Error if the process has another handler already
 */
export function joinZap(zeromq: ZeroMQ, client: ZapClient): { readonly domain: string; readonly leave: () => void } {
  router ??= start(zeromq);
  lastDomain += 1;
  const domain = `${PREFIX}${lastDomain}`;
  clients.set(domain, client);
  const leave = (): void => {
    if (clients.delete(domain)) stopIfUnused();
  };
  return { domain, leave };
}

/**
 * For a CURVE socket that needs no authentication: keeps an existing handler until this socket closes. A closing handler never answers a
 * request, and the peer would wait until the handshake times out.
 */
export function keepZap(): () => void {
  strangers += 1;
  return () => {
    strangers -= 1;
    stopIfUnused();
  };
}

function stopIfUnused(): void {
  if (clients.size === 0 && strangers === 0) stop();
}

function start(zeromq: ZeroMQ): Router {
  const started = new zeromq.Router();
  started.linger = 0;
  started.sendTimeout = 0;
  try {
    started.bindSync(ADDRESS);
  } catch (cause) {
    started.close();
    const text = `this process has another ZAP handler at ${ADDRESS}, in the program itself or in another thread: only one can be`;
    throw new Error(text, { cause });
  }
  void serve(started);
  return started;
}

function stop(): void {
  const stopping = router;
  router = undefined;
  if (stopping === undefined) return;
  ending = gone(stopping.events).then(() => {
    ending = undefined;
  });
  stopping.close();
}

/** Waits until the address is free: only when the socket has ended, which is after `close` returns. */
async function gone(events: Router['events']): Promise<void> {
  for (;;) {
    try {
      if ((await events.receive()).type === 'end') return;
    } catch {
      return; // the thread is shutting down
    }
  }
}

async function serve(serving: Router): Promise<void> {
  for (;;) {
    let request;
    try {
      request = await serving.receive(); // throws if the socket is closed already, and rejects if it closes meanwhile
    } catch {
      return;
    }
    answer(serving, request);
  }
}

function answer(serving: Router, request: readonly Uint8Array[]): void {
  const [peer, delimiter, version, id, domainBytes, address, , mechanism, ...proofs] = request;
  const domain = latin1.decode(domainBytes);
  const client = clients.get(domain);
  const reply = (status: string, userId = ''): void => {
    try {
      // It neither rejects if the peer is gone, nor waits: neither would help.
      serving.send([peer, delimiter, version, id, status, '', userId, ''] as Uint8Array[]).catch(() => undefined);
    } catch {
      // it was closed meanwhile
    }
  };
  const deny = (reason: string): void => {
    client?.denied(reason);
    reply(NO);
  };
  if (client === undefined) return reply(strangerStatus(domain, latin1.decode(mechanism)));
  const who = credentials(latin1.decode(mechanism), latin1.decode(address), proofs);
  if (who === undefined) return deny('its username or password is not UTF-8');
  const { admits, security } = client.security;
  if (admits?.(who.address) === false) return deny(`${who.address} is not accepted, by allow or deny`);
  if (security === undefined || !('authenticate' in security) || security.authenticate === undefined) return reply(YES);
  askAuthenticator(security.authenticate, who, {
    // if the socket is closed, libzmq does not wait for the answer any more
    admit: (userId) => reply(clients.get(domain) === client ? YES : NO, userId),
    deny,
  });
}

/**
 * The answer for sockets of other code, which also ask the handler while there is one: the same as libzmq's without a handler, which
 * refuses only PLAIN.
 */
function strangerStatus(domain: string, mechanism: string): string {
  return domain.startsWith(PREFIX) || mechanism === 'PLAIN' ? NO : YES;
}

function credentials(mechanism: string, address: string, proofs: readonly Uint8Array[]): Credentials | undefined {
  const [first, second] = proofs;
  const where = isIP(address) === 0 ? '' : address; // over ipc libzmq sends user and process ids
  if (mechanism === 'CURVE') return { mechanism: 'curve', address: where, publicKey: Uint8Array.from(first ?? []) };
  if (mechanism !== 'PLAIN') return { mechanism: 'null', address: where };
  try {
    return { mechanism: 'plain', address: where, username: utf8.decode(first), password: utf8.decode(second) };
  } catch {
    return undefined;
  }
}
