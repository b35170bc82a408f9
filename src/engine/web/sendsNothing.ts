import type { Outgoing, PeerOutbox } from './Outgoing.js';

const ignore = () => undefined;

/** Nothing is ever written to it, so all pipes have the same. */
const nothing: PeerOutbox = {
  messages: 0,
  bytes: 0,
  newestOnly: false,
  write: ignore,
  share: ignore,
  take: ignore,
  recycle: ignore,
  withdraw: () => false,
  clear: ignore,
};

/** For socket types that only receive. */
export const sendsNothing: Outgoing = { outbox: () => nothing };
