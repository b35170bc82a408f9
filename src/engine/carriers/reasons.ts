/** The meanings of system errors for a connection or an address. */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EADDRINUSE: 'the address is in use',
  EADDRNOTAVAIL: 'no interface of this machine has the address',
  EAGAIN: 'too many connections wait to be accepted there',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the peer reset the connection',
  EHOSTUNREACH: 'there is no way to the host',
  EINVAL: 'the system does not take the address',
  EMFILE: 'this process has too many files open',
  ENETUNREACH: 'there is no way to the network',
  ENFILE: 'this machine has too many files open',
  ENOENT: 'there is no such path',
  ENOTFOUND: 'the name is not known',
  ENOTSOCK: 'what is there is no socket',
  EPIPE: 'the peer closed the connection',
  EPROTOTYPE: 'what is there is another kind of socket',
  ETIMEDOUT: 'no answer',
};

/** An error in the form of a system error. */
export class CarrierError extends Error {
  override readonly name = 'CarrierError';

  constructor(
    readonly code: string,
    meaning = MEANINGS[code] ?? code,
  ) {
    super(`${meaning} (${code})`);
  }
}

/** Why something failed, as text for people: `connection refused (ECONNREFUSED)`. */
export function reasonOf(error: SystemError): string {
  const code = error.code === 'ERR_SYSTEM_ERROR' ? error.info?.code : error.code; // Node wraps some system errors
  const meaning = error instanceof CarrierError ? undefined : MEANINGS[code ?? ''];
  return meaning === undefined ? error.message : `${meaning} (${code})`;
}

type SystemError = Error & { readonly code?: string; readonly info?: { readonly code?: string } };
