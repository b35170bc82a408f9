import { type Observable, concat, NEVER, of } from 'rxjs';
import { fromPull, fromSub, reply, request, type SocketStatus, text, toPub, toPush } from 'rxzmq';
import { expect } from 'vitest';
import type { DriverChoice } from '../../src/platform/pickDriver.js';
import type { SecurityError } from '../../src/errors.js';
import type { SocketOptions } from '../../src/endpoints/SocketOptions.js';
import { curveKeyPair } from '../../src/security/curveKeyPair.js';
import type { Security } from '../../src/security/Security.js';
import { type Collected, collect } from '../helpers/collect.js';
import { Statuses } from '../helpers/Statuses.js';

export type DriverName = Exclude<DriverChoice, 'auto'>;

/** Each driver with itself and with the other: the connecting one first. */
export const pairs: readonly (readonly [DriverName, DriverName])[] = [
  ['engine', 'engine'],
  ['engine', 'native'],
  ['native', 'engine'],
  ['native', 'native'],
];
export const drivers: readonly DriverName[] = ['engine', 'native'];

export const TCP = 'tcp://127.0.0.1:*';
/** So that a test sees several tries. */
export const SOON = { initialMs: 10, maxMs: 40 } as const;

export const server = curveKeyPair();
export const client = curveKeyPair();
export const stranger = curveKeyPair();

/** The sides of each mechanism that fit, and what does not. */
export const mechanisms = {
  null: {
    asks: { mechanism: 'null', authenticate: () => true },
    proves: undefined,
    refuses: { mechanism: 'null', authenticate: () => false },
  },
  plain: {
    asks: { mechanism: 'plain', authenticate: (who) => who.username === 'ali' && who.password === 'open sesame' },
    proves: { mechanism: 'plain', username: 'ali', password: 'open sesame' },
    refuses: { mechanism: 'plain', authenticate: () => false },
  },
  curve: {
    asks: {
      mechanism: 'curve',
      secretKey: server.secretKey,
      authenticate: (who) => who.publicKey === client.publicKey,
    },
    proves: { mechanism: 'curve', serverKey: server.publicKey, ...client },
    refuses: { mechanism: 'curve', secretKey: server.secretKey, authenticate: () => false },
  },
} as const satisfies Readonly<
  Record<Security['mechanism'], { asks: Security; proves: Security | undefined; refuses: Security }>
>;

/** One end of a wire and what it told. */
export interface End<T = string> {
  readonly statuses: Statuses;
  readonly got: Collected<T>;
}

interface EndOptions extends SocketOptions {
  readonly driver: DriverName;
}

/** Both kinds of end take what they are and give what they told. */
export function pulling(endpoint: string, options: EndOptions): End {
  const statuses = new Statuses();
  return { statuses, got: collect(fromPull(endpoint, { reconnect: SOON, ...options, codec: text, status: statuses })) };
}

export function subscribed(endpoint: string, options: EndOptions): End {
  const statuses = new Statuses();
  return { statuses, got: collect(fromSub(endpoint, { reconnect: SOON, ...options, codec: text, status: statuses })) };
}

/** Sends these and stays open. */
export function pushing(
  endpoint: string,
  options: EndOptions,
  input: Observable<string> = concat(of('hello'), NEVER),
): End {
  const statuses = new Statuses();
  const sink = toPush<string>(endpoint, { reconnect: SOON, lingerMs: 0, ...options, codec: text, status: statuses });
  return { statuses, got: collect(input.pipe(sink)) };
}

export function publishing(endpoint: string, options: EndOptions): End {
  const statuses = new Statuses();
  const given = { reconnect: SOON, lingerMs: 0, ...options, codec: text, waitForSubscribers: 1, status: statuses };
  return { statuses, got: collect(concat(of('hello'), NEVER).pipe(toPub<string>(endpoint, given))) };
}

export function replying(endpoint: string, options: EndOptions): End<unknown> {
  const statuses = new Statuses();
  const given = { reconnect: SOON, lingerMs: 0, ...options, codec: text, status: statuses };
  return { statuses, got: collect(reply(endpoint, (question: string) => `${question} yourself`, given)) };
}

export function requesting(endpoint: string, options: EndOptions & { readonly connectTimeoutMs?: number }): End {
  const statuses = new Statuses();
  const given = { reconnect: SOON, lingerMs: 0, ...options, codec: text, status: statuses };
  return { statuses, got: collect(of('hello').pipe(request<string>(endpoint, given))) };
}

/** The SecurityError of the first handshake that failed. */
export async function refusal({ statuses }: End<unknown>): Promise<SecurityError> {
  const { error, reason, endpoint } = await statuses.first('handshakeFailed');
  expect(error).toMatchObject({ name: 'SecurityError', code: 'ERR_SECURITY', reason, endpoint });
  return error as SecurityError;
}

/** The same of two whose mechanisms differ. A socket of libzmq without security does not always know why the other has gone. */
export async function misfit(end: End<unknown>, driver: DriverName, mechanism: Security['mechanism']): Promise<void> {
  if (driver === 'native' && mechanism === 'null') {
    expect((await end.statuses.first('handshakeFailed')).reason).toMatch(/the peer's security|the security do not fit/);
  } else {
    expect((await refusal(end)).mechanism).toBe(mechanism);
  }
}

export function kinds({ statuses }: End<unknown>): readonly SocketStatus['kind'][] {
  return statuses.all.map(({ kind }) => kind);
}
