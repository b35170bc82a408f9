import type { Outgoing } from './Outgoing.js';
import { WebOutbox } from './WebOutbox.js';

/** For socket types that send, where messages have few peers: a message is copied for each. */
export const sendsMessages: Outgoing = {
  outbox: (newestOnly, withdraws) => new WebOutbox(newestOnly, withdraws),
};
