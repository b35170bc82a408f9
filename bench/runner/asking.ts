import type { Opener } from './interleave.js';
import type { Rate } from './Link.js';
import { Peer, type Program } from './Peer.js';

/** What a round of requests took; the sender is the one that asks. */
export interface Trips extends Rate {
  /** The median. */
  readonly roundTripUs: number;
}

/** Requests before any is measured: so many it takes until the code for one at a time is compiled, at both ends. */
const WARM_UP = 6000;

/** Two processes, one that asks and one that answers, timed by the one that asks. */
export function asking(answerer: Program, asker: (endpoint: string) => Program, requests: number): Opener<Trips> {
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
      const measure = async (): Promise<Trips> => {
        const [asksUs, answersUs] = [await started.cpuUs(), await answers.cpuUs()];
        started.order(requests);
        const { count, ms, roundTripUs } = await started.next('answered');
        return {
          perSecond: (count / ms) * 1000,
          senderUs: ((await started.cpuUs()) - asksUs) / count,
          receiverUs: ((await answers.cpuUs()) - answersUs) / count,
          roundTripUs,
        };
      };
      return { measure, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
}
