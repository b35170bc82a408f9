import type { Opener } from './interleave.js';
import { type Events, Peer, type Program } from './Peer.js';

/** Requests before any is measured: so many it takes until the code for one at a time is compiled, at both ends. */
const WARM_UP = 6000;

/** Two processes, one that asks and one that answers, timed by the one that asks. */
export function asking(
  answerer: Program,
  asker: (endpoint: string) => Program,
  requests: number,
): Opener<Events['answered']> {
  return async () => {
    const answers = Peer.start(answerer);
    let asks: Peer | undefined;
    const close = async (): Promise<void> => {
      await asks?.stop();
      await answers.stop();
    };
    try {
      const { endpoints } = await answers.next('bound');
      const started = (asks = Peer.start(asker(endpoints[0]!)));
      await started.next('ready');
      started.order(WARM_UP);
      await started.next('answered');
      const measure = (): Promise<Events['answered']> => {
        started.order(requests);
        return started.next('answered');
      };
      return { measure, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
}
