import type { SocketType } from '../driver/SocketSettings.js';

/** The numbers of the socket types in libzmq, without types that zeromq.js cannot use. */
export const socketNumbers: Readonly<Partial<Record<SocketType, number>>> = {
  pair: 0,
  pub: 1,
  sub: 2,
  req: 3,
  rep: 4,
  dealer: 5,
  router: 6,
  pull: 7,
  push: 8,
  xpub: 9,
  xsub: 10,
  stream: 11,
  server: 12,
  client: 13,
  radio: 14,
  dish: 15,
  gather: 16,
  scatter: 17,
  dgram: 18,
};

/** Types from this number on are drafts, which a build of libzmq may not have. */
export const FIRST_DRAFT = 12;
