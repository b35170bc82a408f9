import { isIP } from 'node:net';
import type { Router } from 'zeromq';
import { askAuthenticator } from '../driver/askAuthenticator.js';
import type { Credentials, SocketSecurity } from '../driver/DriverSecurity.js';
import type { ZeroMQ } from './loadZeroMQ.js';

/** A socket whose peers are asked about. */
export interface ZapClient {
  readonly security: SocketSecurity;
  /** One of them is kept out. */
  denied(reason: string): void;
}

const ADDRESS = 'inproc://zeromq.zap.01';
/** What the domains of our sockets begin with. Where there is none of this name, its socket is closed. */
const PREFIX = 'rxzmq.';
const YES = '200';
const NO = '400';

// ignoreBOM: a password may begin with U+FEFF
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

const clients = new Map<string, ZapClient>();
/** Sockets that ask nobody, but whose peers libzmq asks about while there is a handler. */
let strangers = 0;
let router: Router | undefined;
/** Settles once the last handler has freed its address. */
let ending: Promise<void> | undefined;
let lastDomain = 0;

/** Comes back when a handler can be started. What joins is to do so in the same turn. */
export async function zapReady(): Promise<void> {
  while (ending !== undefined) await ending;
}

/**
 * Has libzmq ask a client about those who come to the socket that gets this ZAP domain (RFC 27), and starts the handler that
 * all sockets of this thread share. The function ends that; with the last of them the handler ends.
 *
 * @throws Error where there is another handler already
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
 * For a socket of CURVE that asks nobody: a handler that is there when it opens stays as long as it does. A question to one that
 * is just closing is never answered, and its peer would wait for as long as a handshake may take.
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

/** The address is free only when the socket has ended: closing it returns before. */
async function gone(events: Router['events']): Promise<void> {
  for (;;) {
    try {
      if ((await events.receive()).type === 'end') return;
    } catch {
      return; // the thread is being shut down
    }
  }
}

async function serve(serving: Router): Promise<void> {
  for (;;) {
    let request;
    try {
      request = await serving.receive(); // which throws where it is closed already, and rejects where it is then
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
      // It does not reject for a peer that is gone, and never waits: both would be of no use.
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
  if (admits?.(who.address) === false) return deny(`${who.address} is not let in, by allow or deny`);
  if (security === undefined || !('authenticate' in security) || security.authenticate === undefined) return reply(YES);
  askAuthenticator(security.authenticate, who, {
    // libzmq has given up on a socket that is closed
    admit: (userId) => reply(clients.get(domain) === client ? YES : NO, userId),
    deny,
  });
}

/**
 * Sockets that are not ours ask as well, once there is a handler. They get what libzmq does where there is none: only PLAIN
 * lets nobody in.
 */
function strangerStatus(domain: string, mechanism: string): string {
  return domain.startsWith(PREFIX) || mechanism === 'PLAIN' ? NO : YES;
}

function credentials(mechanism: string, address: string, proofs: readonly Uint8Array[]): Credentials | undefined {
  const [first, second] = proofs;
  const where = isIP(address) === 0 ? '' : address; // over ipc libzmq gives ids of user and process
  if (mechanism === 'CURVE') return { mechanism: 'curve', address: where, publicKey: Uint8Array.from(first ?? []) };
  if (mechanism !== 'PLAIN') return { mechanism: 'null', address: where };
  try {
    return { mechanism: 'plain', address: where, username: utf8.decode(first), password: utf8.decode(second) };
  } catch {
    return undefined;
  }
}
