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
  let sent = 0;
  let heard = -1;
  while (heard < 0) {
    if (performance.now() > givesUp) throw new Error(`the subscription did not arrive; ${subscriber.log.show()}`);
    await publisher.trySend([topic, String(sent)]);
    sent += 1;
    heard = numberOf(await subscriber.receiveWithin(1), topic);
  }
  while (heard < sent - 1) heard = numberOf(await subscriber.receive(), topic);
  subscriber[takes === 'join' ? 'leave' : 'unsubscribe'](topic);
}

function numberOf(message: readonly string[] | undefined, topic: string): number {
  return message?.[0] === topic ? Number(message[1]) : -1;
}
