import type { Outgoing } from './Outgoing.js';
import { sendsMessages } from './sendsMessages.js';
import { webSharing } from './webSharing.js';

/** For socket types that send, where a message may have thousands of peers. */
export const sharesMessages: Outgoing = { ...sendsMessages, sharing: webSharing };
