import type { Contestant, Opener } from './interleave.js';
import { Peer, type Program } from './Peer.js';

/** What one round of a {@link link} took. */
export interface Rate {
  readonly perSecond: number;
  /** Processor time for one frame, all threads of a process, in us. */
  readonly senderUs: number;
  readonly receiverUs: number;
}

/** Frames that a round sends: the first are not timed. */
export interface Round {
  readonly warmUp: number;
  readonly count: number;
}

/** A sender, a receiver, and a round of frames of one size between them. */
export interface LinkSettings extends Round {
  readonly payloadBytes: number;
  readonly sender: Program;
  /** Made with what it is told besides its name: where to connect, and the round. */
  readonly receiver: (...args: (string | number)[]) => Program;
}

/** Two processes, frames from one to the other, timed by the receiver. */
export function link({ payloadBytes, sender, receiver, warmUp, count }: LinkSettings): Opener<Rate> {
  return async () => {
    const from = Peer.start(sender);
    let to: Peer | undefined;
    const close = async (): Promise<void> => {
      await from.stop();
      await to?.stop();
    };
    try {
      const { endpoints } = await from.next('bound');
      const receiving = (to = Peer.start(receiver(endpoints[0]!, warmUp, count)));
      await receiving.next('ready');
      return { measure: () => measure(from, receiving), close } satisfies Contestant<Rate>;
    } catch (error) {
      await close();
      throw error;
    }
  };

  async function measure(from: Peer, to: Peer): Promise<Rate> {
    from.order(warmUp + count);
    const received = await to.next('received');
    const sent = await from.next('sent');
    const got = received.payloadBytes;
    if (got !== payloadBytes) throw new Error(`the receiver got payloads of ${got} bytes instead of ${payloadBytes}`);
    return {
      perSecond: (received.count / received.ms) * 1000,
      senderUs: sent.cpuUs / sent.count,
      receiverUs: received.cpuUs / received.count,
    };
  }
}
