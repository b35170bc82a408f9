import type { ContractSocket } from './ContractSocket.js';
import { FAILURE_MS } from './failure.js';

let count = 0;

/**
 * Comes back when all that `subscriber` (SUB, DISH) has subscribed to or cancelled is known at `publisher`: these are known
 * in their order, so that the last, a topic of this function's own, tells of all before it. Nothing of it is left to be read.
 */
export async function subscribed(publisher: ContractSocket, subscriber: ContractSocket): Promise<void> {
  count += 1;
  const topic = `~known ${count}`;
  const takes = subscriber.type === 'dish' ? 'join' : 'subscribe';
  subscriber[takes](topic);
  const givesUp = performance.now() + FAILURE_MS;
  for (let sent = 0; ; sent += 1) {
    if (performance.now() > givesUp) throw new Error(`the subscription did not arrive; ${subscriber.log.show()}`);
    await publisher.trySend([topic, String(sent)]);
    // Less and less often: what is still on its way when the next one is sent may take its room.
    if (await hears(subscriber, topic, sent, Math.min(2 ** Math.floor(sent / 2), 100))) break;
  }
  subscriber[takes === 'join' ? 'leave' : 'unsubscribe'](topic);
}

/** Whether the last of the messages sent arrives in time; those before it are dropped. */
async function hears(subscriber: ContractSocket, topic: string, last: number, ms: number): Promise<boolean> {
  for (;;) {
    const message = await subscriber.receiveWithin(ms);
    if (message === undefined) return false;
    if (message[0] === topic && message[1] === String(last)) return true;
  }
}
