/** The address of a tcp endpoint: a host without brackets, and its port; 0: any port. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** Parses a tcp endpoint that `checkEndpoint` has accepted: the target, and the source address of the connection, if it has one. */
export function parseTcp(endpoint: string): { readonly source: TcpAddress | undefined; readonly target: TcpAddress } {
  const address = endpoint.slice('tcp://'.length);
  const semicolon = address.indexOf(';');
  return {
    source: semicolon < 0 ? undefined : parseAddress(address.slice(0, semicolon)),
    target: parseAddress(address.slice(semicolon + 1)),
  };
}

/** The endpoint of an address, in libzmq's spelling. */
export function tcpEndpoint(host: string, port: number): string {
  return host.includes(':') ? `tcp://[${host}]:${port}` : `tcp://${host}:${port}`;
}

function parseAddress(text: string): TcpAddress {
  const [, bracketed, bare = '', port = '*'] = /^(?:\[(.*)\]|(.*?))(?::(\d+|\*))?$/.exec(text) ?? [];
  return { host: bracketed ?? bare, port: port === '*' ? 0 : Number(port) };
}
