import { freePort } from './freePort.js';

/** An endpoint that nobody listens on: its port was free a moment ago, and is again. */
export async function nobodyAt(): Promise<string> {
  return `tcp://127.0.0.1:${await freePort()}`;
}
