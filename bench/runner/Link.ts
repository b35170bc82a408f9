import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Contestant, Opener } from './interleave.js';
import { Peer, type Program } from './Peer.js';

/** What one message took of the processor, all threads of a process, in us; over a whole round, the start left out. */
export interface Cost {
  /** Nothing where there is no other end. */
  readonly senderUs?: number;
  readonly receiverUs: number;
}

/** What one round took. */
export interface Rate extends Cost {
  readonly perSecond: number;
}

/** Frames that a round sends: the first are not timed. */
export interface Round {
  readonly warmUp: number;
  readonly count: number;
}

/** What carries the messages. */
export type Carrier = 'tcp' | 'ipc';
/** Which end binds; the other one connects. */
export type Binding = 'sender' | 'receiver';

/** A sender, a receiver, and a round of frames of one size between them. */
export interface LinkSettings extends Round {
  readonly payloadBytes: number;
  /** Made with where it is to be: an endpoint to connect to, or with `@` before it one to bind. */
  readonly sender: (where: string) => Program;
  /** Made with where it is to be, several endpoints with commas between them, and with the round. */
  readonly receiver: (...args: (string | number)[]) => Program;
  /** @default 'sender' */
  readonly binds?: Binding;
  /** @default 'tcp' */
  readonly carrier?: Carrier;
}

/** Frames before the first round that counts: V8 compiles what is called often, and large frames are few in a round. */
const LEAST_WARM_UP = 1500;

/** Two processes, frames from one to the other, timed by the receiver. */
export function link(settings: LinkSettings): Opener<Rate> {
  const { sender, receiver, warmUp, count, binds = 'sender', carrier = 'tcp' } = settings;
  return async () => {
    const started: Peer[] = [];
    const folder = carrier === 'ipc' ? mkdtempSync(join(tmpdir(), 'rxzmq-bench-')) : undefined;
    const start = (program: Program): Peer => {
      const peer = Peer.start(program);
      started.push(peer);
      return peer;
    };
    const close = async (): Promise<void> => {
      for (const peer of started) await peer.stop();
      if (folder !== undefined) rmSync(folder, { recursive: true });
    };
    const open = {
      sender: (where: string) => start(sender(where)),
      receiver: (where: string) => start(receiver(where, warmUp, count)),
    };
    try {
      const first = open[binds](folder === undefined ? '@tcp://127.0.0.1:*' : `@ipc://${folder}/socket`);
      const { endpoints } = await first.next('bound');
      const other = open[binds === 'sender' ? 'receiver' : 'sender'](endpoints.join(','));
      await other.next('ready');
      const [from, to] = binds === 'sender' ? [first, other] : [other, first];
      const one = (): Promise<Rate> => measureLink(from, to, settings);
      for (let sent = 0; sent < LEAST_WARM_UP; sent += warmUp + count) await one();
      return { measure: one, close } satisfies Contestant<Rate>;
    } catch (error) {
      await close();
      throw error;
    }
  };
}

/** One round of frames from a sender to a receiver that are connected. */
export async function measureLink(
  from: Peer,
  to: Peer,
  { payloadBytes, warmUp, count }: Round & Pick<LinkSettings, 'payloadBytes'>,
): Promise<Rate> {
  const [fromUs, toUs] = [await from.cpuUs(), await to.cpuUs()];
  from.order(warmUp + count);
  const received = await to.next('received');
  const sent = await from.next('sent');
  const got = received.payloadBytes;
  if (got !== payloadBytes) throw new Error(`the receiver got payloads of ${got} bytes instead of ${payloadBytes}`);
  return {
    perSecond: (received.count / received.ms) * 1000,
    senderUs: ((await from.cpuUs()) - fromUs) / sent.count,
    receiverUs: ((await to.cpuUs()) - toUs) / sent.count,
  };
}
