import { Observable } from 'rxjs';
import { OptionError, UnsupportedError } from '../../errors.js';
import { checkOptions, isDuration, type Rule } from '../../options/rules.js';
import { describe } from '../../basics/describe.js';
import { forwards, ProxyRun } from './ProxyRun.js';
import type { ProxyStatus } from './ProxyStatus.js';
import { sessionOf } from '../sessions.js';
import type { SocketSession } from '../SocketSession.js';
import type { SocketOf } from '../SocketTypes.js';

/** Sockets that a proxy can take messages of parts from. */
export type ProxySource = SocketOf<'pair' | 'sub' | 'xpub' | 'xsub' | 'pull' | 'req' | 'rep' | 'dealer' | 'router'>;

/** Sockets that a proxy can give them to. */
export type ProxyTarget = SocketOf<'pair' | 'pub' | 'xpub' | 'xsub' | 'push' | 'req' | 'rep' | 'dealer' | 'router'>;

/** Sockets that can have copies of what a proxy forwards. */
export type CaptureSocket = SocketOf<'pair' | 'pub' | 'xpub' | 'push' | 'dealer'>;

/** Options of {@link proxy}. */
export interface ProxyOptions {
  /**
   * Gets a copy of each message that was forwarded, either way, as long as it has room: the proxy never waits for it.
   * @default none
   */
  readonly capture?: CaptureSocket | undefined;
  /** How often a status is emitted, in ms. @default 1000 */
  readonly everyMs?: number | undefined;
}

const DEFAULT_EVERY_MS = 1000;
const CAPTURES: readonly string[] = ['pair', 'pub', 'xpub', 'push', 'dealer'];

/**
 * Forwards all that two sockets receive to each other, as far as their types receive and send: publishers and subscribers
 * that do not know each other (xsub and xpub, subscriptions included), clients and workers (router and dealer), or one way
 * only, such as pull to push. It runs while it is subscribed, and leaves the sockets open when it is unsubscribed: what
 * comes then waits at their marks for the next subscription.
 *
 * It emits counts and rates, every `everyMs` and once at its end.
 *
 * **Delivery** As the sockets have it. A side that has no room stalls the other one, which is then not read, so that its
 * peers meet its marks; the other way goes on. A message that can never be sent is counted as `dropped`. Messages are not
 * copied on their way, so whoever reads `messages` of the sockets besides must not change them; `capture` has copies.
 * **Ends** Completes when one of the sockets is closed, errors when one fails or has ended before. On unsubscription a
 * message that was read already is still sent.
 * ```text
 * frontend  a-b-c-----d--->   what it receives
 * backend   a-b-----c-d--->   what it is given: it had no room for c, and d waited at the frontend
 * ```
 * **Example**
 * {@includeCode ../../../examples/proxy.ts#main}
 * @throws OptionError, UnsupportedError at the call, where neither side takes what the other receives
 * @see {@link openSocket} for the sockets. `a.messages.pipe(map(change), b.sink())` forwards one way and changes what it
 * forwards
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
