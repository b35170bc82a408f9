import { slot } from './slot.js';

/** Whether a message is under way that is somebody else's again once it is done with: what is kept of it for good is copied. */
export function hasDelivery(): boolean {
  return slot.delivery !== null;
}
