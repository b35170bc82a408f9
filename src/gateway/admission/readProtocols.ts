/** The subprotocol that pages and gateways speak. */
export const SUBPROTOCOL = 'rxzmq.1';

const TOKEN = 'rxzmq.token.';

/** The content of `Sec-WebSocket-Protocol` of a client. */
export interface Offer {
  /** Whether it offers the subprotocol of gateways. */
  readonly speaks: boolean;
  /** The token of the client. */
  readonly token?: string | undefined;
  /** Why its token cannot be read. It never contains any part of the token. */
  readonly fault?: string;
}

/** Reads the header. The token is base64url of its UTF-8, without padding. */
export function readProtocols(header: string | undefined): Offer {
  const offered = (header ?? '').split(',').map((name) => name.trim());
  const speaks = offered.includes(SUBPROTOCOL);
  const tokens = offered.filter((name) => name.startsWith(TOKEN)).map((name) => name.slice(TOKEN.length));
  const [encoded] = tokens;
  if (encoded === undefined) return { speaks };
  if (tokens.length > 1) return { speaks, fault: 'it brought more than one token' };
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.toString('base64url') !== encoded) return { speaks, fault: 'its token is no base64url' };
  try {
    return { speaks, token: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { speaks, fault: 'its token is no UTF-8' };
  }
}
