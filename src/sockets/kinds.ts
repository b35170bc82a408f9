import type { DriverName } from '../driver/Driver.js';
import type { SocketType } from '../driver/SocketSettings.js';
import { addressed, datagrams, grouped, parts, pieces, routed, type Shape, single } from './shapes.js';

/** The capabilities of a socket type. */
export interface Kind {
  /** The shape of the messages that it sends and receives; `undefined`: it does not send, or does not receive. */
  readonly sends?: Shape;
  readonly receives?: Shape;
  /** `'manually'`: for its peers, and only with an option. */
  readonly subscribes?: boolean | 'manually';
  readonly joins?: boolean;
  /** `false`: it only binds. */
  readonly connects?: false;
  /** How `connect` can name the peer: by a routing id of bytes, or by a number. */
  readonly names?: 'bytes' | 'number';
  /** The only driver that supports it. */
  readonly only?: DriverName;
  /** The transports that it supports; left out: all but udp. */
  readonly transports?: readonly string[];
  /** Whether it binds or connects over udp; left out: it does not support udp. */
  readonly udp?: 'binds' | 'connects';
}

/** The capabilities of each socket type. */
export const kinds: Readonly<Record<SocketType, Kind>> = {
  pair: { sends: parts, receives: parts },
  pub: { sends: parts },
  sub: { receives: parts, subscribes: true },
  xpub: { sends: parts, receives: parts, subscribes: 'manually' },
  xsub: { sends: parts, receives: parts, subscribes: true },
  push: { sends: parts },
  pull: { receives: parts },
  req: { sends: parts, receives: parts },
  rep: { sends: parts, receives: parts },
  dealer: { sends: parts, receives: parts },
  router: { sends: addressed, receives: addressed, names: 'bytes' },
  stream: { sends: pieces, receives: pieces, names: 'bytes', transports: ['tcp', 'ipc'] },
  server: { sends: routed, receives: routed },
  client: { sends: single, receives: single },
  radio: { sends: grouped, udp: 'connects' },
  dish: { receives: grouped, joins: true, udp: 'binds' },
  scatter: { sends: single },
  gather: { receives: single },
  dgram: { sends: datagrams, receives: datagrams, connects: false, only: 'native', transports: [], udp: 'binds' },
  peer: { sends: routed, receives: routed, names: 'number', only: 'engine' },
  channel: { sends: single, receives: single, only: 'engine' },
};
