import type { Contestant, Opener } from './interleave.js';
import { Peer, type Program } from './Peer.js';

/** What one round of a {@link link} took. */
export interface Rate {
  readonly perSecond: number;
  /** Processor time for one frame, all threads of a process, in us. */
  readonly receiverUs: number;
  /** The same at the other end, where there is one. */
  readonly senderUs?: number;
}

/** Frames that a round sends: the first are not timed. */
export interface Round {
  readonly warmUp: number;
  readonly count: number;
}

/** A sender, a receiver, and a round of frames of one size between them. */
export interface LinkSettings extends Round {
  readonly payloadBytes: number;
  /** Binds, or is made with where to connect. */
  readonly sender: Program | ((endpoint: string) => Program);
  /**
   * Made with what it is told besides its name: where to connect (several have commas between them) or what to bind, and
   * the round.
   */
  readonly receiver: (...args: (string | number)[]) => Program;
}

/** What a receiver is given that has to bind. */
const ANY_PORT = 'tcp://127.0.0.1:*';

/** Two processes, frames from one to the other, timed by the receiver. */
export function link({ payloadBytes, sender, receiver, warmUp, count }: LinkSettings): Opener<Rate> {
  return async () => {
    const started: Peer[] = [];
    const start = (program: Program): Peer => {
      const peer = Peer.start(program);
      started.push(peer);
      return peer;
    };
    const close = async (): Promise<void> => {
      for (const peer of started) await peer.stop();
    };
    try {
      const [from, to] = typeof sender === 'function' ? await fanIn(start, sender) : await direct(start, sender);
      return { measure: () => measure(from, to), close } satisfies Contestant<Rate>;
    } catch (error) {
      await close();
      throw error;
    }
  };

  async function direct(start: typeof Peer.start, program: Program): Promise<[from: Peer, to: Peer]> {
    const from = start(program);
    const { endpoints } = await from.next('bound');
    const to = start(receiver(endpoints.join(','), warmUp, count));
    await to.next('ready');
    return [from, to];
  }

  async function fanIn(
    start: typeof Peer.start,
    program: (endpoint: string) => Program,
  ): Promise<[from: Peer, to: Peer]> {
    const to = start(receiver(ANY_PORT, warmUp, count));
    const { endpoints } = await to.next('bound');
    const from = start(program(endpoints[0]!));
    await from.next('ready');
    return [from, to];
  }

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
