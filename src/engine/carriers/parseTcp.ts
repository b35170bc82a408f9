/** Where a tcp endpoint is: a host without brackets, and its port; 0: any. */
export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** The address of a tcp endpoint that `checkEndpoint` has let through, and where a connection is to come from. */
export function parseTcp(endpoint: string): { readonly source: TcpAddress | undefined; readonly target: TcpAddress } {
  const address = endpoint.slice('tcp://'.length);
  const semicolon = address.indexOf(';');
  return {
    source: semicolon < 0 ? undefined : parseAddress(address.slice(0, semicolon)),
    target: parseAddress(address.slice(semicolon + 1)),
  };
}

/** The endpoint of an address, as libzmq spells it. */
export function tcpEndpoint(host: string, port: number): string {
  return host.includes(':') ? `tcp://[${host}]:${port}` : `tcp://${host}:${port}`;
}

function parseAddress(text: string): TcpAddress {
  const [, bracketed, bare = '', port = '*'] = /^(?:\[(.*)\]|(.*?))(?::(\d+|\*))?$/.exec(text) ?? [];
  return { host: bracketed ?? bare, port: port === '*' ? 0 : Number(port) };
}
