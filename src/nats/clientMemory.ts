import { COPIED_BELOW_BYTES } from '../memory/copiedBelow.js';
import { fillHeap } from '../memory/fillHeap.js';

/** The client copies a message once to send it, and collects a received one in a buffer that grows to twice its length. */
const COPIES = { sent: 1, received: 2 } as const;

/** The client has used memory for a message, in buffers that it drops soon: V8 should collect them before there are many. */
export function clientUsed(direction: keyof typeof COPIES, bytes: number): void {
  if (bytes >= COPIED_BELOW_BYTES) fillHeap(bytes * COPIES[direction]);
}
