import type { Opener } from './interleave.js';
import type { Rate } from './Link.js';
import { Peer, type Program } from './Peer.js';

/** One process that works on as many things as it is ordered to, and has nobody at another end. */
export function alone(program: Program, count: number): Opener<Rate> {
  return async () => {
    const peer = Peer.start(program);
    const close = (): Promise<void> => peer.stop();
    try {
      await peer.next('ready');
    } catch (error) {
      await close();
      throw error;
    }
    const measure = async (): Promise<Rate> => {
      const before = await peer.cpuUs();
      peer.order(count);
      const { ms, ...received } = await peer.next('received');
      if (received.count !== count) throw new Error(`the peer did ${received.count} instead of ${count}`);
      return { perSecond: (count / ms) * 1000, receiverUs: ((await peer.cpuUs()) - before) / count };
    };
    return { measure, close };
  };
}
