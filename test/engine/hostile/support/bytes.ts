/** A greeting of ZMTP 3.1 with NULL. */
export function greeting(mechanism = 'NULL'): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([0xff, 0, 0, 0, 0, 0, 0, 0, 1, 0x7f, 3, 1]);
  bytes.write(mechanism, 12, 'latin1');
  return bytes;
}

/** READY of a socket type. */
export function ready(type: string): Buffer {
  return frame(4, Buffer.concat([Buffer.from('\x05READY', 'latin1'), property('Socket-Type', type)]));
}

/** A property of READY. */
export function property(name: string, value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.length);
  return Buffer.concat([Buffer.of(name.length), Buffer.from(name), length, Buffer.from(value, 'latin1')]);
}

/** Flags: 1 more parts follow, 4 a command. */
export function frame(flags: number, body: string | Uint8Array): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'latin1') : body;
  if (bytes.length < 256) return Buffer.concat([Buffer.of(flags, bytes.length), bytes]);
  return Buffer.concat([longHeader(flags, BigInt(bytes.length)), bytes]);
}

/** A command with its data. */
export function command(name: string, data: string | Uint8Array = ''): Buffer {
  const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
  return frame(4, Buffer.concat([Buffer.from(String.fromCharCode(name.length) + name, 'latin1'), bytes]));
}

/** The header of a frame that announces so many bytes. */
export function longHeader(flags: number, length: bigint): Buffer {
  const header = Buffer.alloc(9);
  header[0] = flags | 2;
  header.writeBigUInt64BE(length, 1);
  return header;
}

/** The same bytes, again and again. */
export function repeated(bytes: Uint8Array, count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, () => bytes));
}
