import { Observable } from 'rxjs';
import { OptionError, UnsupportedError } from '../../errors.js';
import { checkOptions, isDuration, type Rule } from '../../options/rules.js';
import { describe } from '../../basics/describe.js';
import { forwards, ProxyRun } from './ProxyRun.js';
import type { ProxyStatus } from './ProxyStatus.js';
import { sessionOf } from '../sessions.js';
import type { SocketSession } from '../SocketSession.js';
import type { SocketOf } from '../SocketTypes.js';

/** Sockets from which a proxy can read messages of parts. */
export type ProxySource = SocketOf<'pair' | 'sub' | 'xpub' | 'xsub' | 'pull' | 'req' | 'rep' | 'dealer' | 'router'>;

/** Sockets to which a proxy can send them. */
export type ProxyTarget = SocketOf<'pair' | 'pub' | 'xpub' | 'xsub' | 'push' | 'req' | 'rep' | 'dealer' | 'router'>;

/** Sockets that can get copies of the messages that a proxy forwards. */
export type CaptureSocket = SocketOf<'pair' | 'pub' | 'xpub' | 'push' | 'dealer'>;

/** Options of {@link proxy}. */
export interface ProxyOptions {
  /**
   * Gets a copy of each forwarded message, in both directions, as long as its queue has space: the proxy never waits for it.
   * @default none
   */
  readonly capture?: CaptureSocket | undefined;
  /** How often a status is emitted, in ms. @default 1000 */
  readonly everyMs?: number | undefined;
}

const DEFAULT_EVERY_MS = 1000;
const CAPTURES: readonly string[] = ['pair', 'pub', 'xpub', 'push', 'dealer'];

/**
 * Forwards everything that two sockets receive to each other, as far as their types can receive and send. It connects publishers
 * and subscribers (xsub and xpub, subscriptions included) or clients and workers (router and dealer), or forwards one way only,
 * such as pull to push. It runs while it is subscribed, and leaves the sockets open when it is unsubscribed: messages then wait in
 * their queues, up to the marks, for the next subscription.
 *
 * It emits counts and rates, every `everyMs` and once at its end.
 *
 * **Delivery** By the socket types. While one side cannot send, the other side is not read, so that the high-water marks hold back
 * its peers; the other direction goes on. A message that can never be sent is counted as `dropped`. Messages are not copied, so
 * other subscribers of the sockets' `messages` must not change them; `capture` gets copies.
 *
 * **Ends** Completes when one of the
 * sockets is closed, errors when one fails or has ended before. After unsubscription, a message that was already read is still
 * sent.
 * ```text
 * frontend  a-b-c-----d--->   what it receives
 * backend   a-b-----c-d--->   what it sends: its queue was full at c, and d waited at the frontend
 * ```
 *
 * **Example**
 * {@includeCode ../../../examples/proxy.ts#main}
 *
 * @param frontend one socket of {@link openSocket}
 * @param backend the other
 * @param options a socket that gets a copy of every message, and how often to report
 * @throws OptionError, UnsupportedError at the call, if neither side can send what the other receives
 * @see {@link openSocket} for the sockets. `a.messages.pipe(map(change), b.sink())` forwards one way and changes the messages
 */
export function proxy(frontend: ProxySource, backend: ProxyTarget, options?: ProxyOptions): Observable<ProxyStatus>;
export function proxy(frontend: ProxyTarget, backend: ProxySource, options?: ProxyOptions): Observable<ProxyStatus>;
export function proxy(
  frontend: SocketOf<'gather' | 'client' | 'channel'>,
  backend: SocketOf<'scatter' | 'client' | 'channel'>,
  options?: ProxyOptions,
): Observable<ProxyStatus>;
export function proxy(
  frontend: SocketOf<'dish'>,
  backend: SocketOf<'radio'>,
  options?: ProxyOptions,
): Observable<ProxyStatus>;
export function proxy(frontend: unknown, backend: unknown, options: ProxyOptions = {}): Observable<ProxyStatus> {
  const sides = { frontend: requireSession('frontend', frontend), backend: requireSession('backend', backend) };
  checkOptions('proxy', options, { capture: isCapture, everyMs: isDuration(1) });
  requireWay(sides.frontend, sides.backend);
  const { everyMs = DEFAULT_EVERY_MS } = options;
  const settings = { ...sides, capture: sessionOf(options.capture), everyMs };
  return new Observable((subscriber) => {
    const ended = settings.frontend.ended ?? settings.backend.ended;
    if (ended) {
      subscriber.error(ended);
      return;
    }
    const run = new ProxyRun(settings, subscriber);
    return () => run.stop();
  });
}

const isCapture: Rule = (value) =>
  CAPTURES.includes(sessionOf(value)?.type ?? '') ? undefined : `a socket of openSocket: ${CAPTURES.join(', ')}`;

function requireSession(side: string, handle: unknown): SocketSession {
  const session = sessionOf(handle);
  if (session) return session;
  throw new OptionError(side, handle, `proxy: ${side} must be a socket of openSocket, got ${describe(handle)}`);
}

function requireWay(frontend: SocketSession, backend: SocketSession): void {
  if (forwards(frontend, backend) || forwards(backend, frontend)) return;
  throw new UnsupportedError(
    `proxy: nothing that a ${frontend.type} socket receives can go to a ${backend.type} socket, nor the other way`,
  );
}
