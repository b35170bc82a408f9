import type { ConsumerConfig, ConsumerInfo, JetStreamManager } from '@nats-io/jetstream';
import { warn } from '../basics/warn.js';
import type { Up } from './NatsSocket.js';

const NS_PER_MS = 1_000_000;
const MAX_AGE_MS = 3_600_000;
/**
 * How long a frame may stay unsettled before the server delivers it to another peer, in ms, as in doppler. A peer that needs longer
 * reports progress.
 */
export const ACK_WAIT_MS = 5000;
const MAX_ACK_PENDING = 1000;

const NO_SUCH_STREAM = 10059;
const NO_SUCH_CONSUMER = 10014;

/** The names of a work queue on the server. */
export interface WorkQueue {
  readonly stem: string;
  readonly stream: string;
  readonly consumer: string;
}

/** The work queue of a base, with the names of doppler. */
export function workQueueOf(base: string): WorkQueue {
  const name = base.replace(/[.*> ]/g, '_');
  return { stem: `work.${base}`, stream: `DP_WORK_${name}`, consumer: `DP_PULL_${name}` };
}

/** Creates the stream of a queue, with doppler's values, if there is none of that name. It uses an existing one unchanged. */
export async function ensureStream({ client, library }: Up, { stream, stem }: WorkQueue): Promise<JetStreamManager> {
  const { jetstreamManager, RetentionPolicy, StorageType, DiscardPolicy } = library.jetstream;
  const manager = await jetstreamManager(client, { checkAPI: false });
  try {
    await manager.streams.info(stream);
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_STREAM) throw error;
    await manager.streams
      .add({
        name: stream,
        subjects: [`${stem}.>`],
        retention: RetentionPolicy.Workqueue,
        storage: StorageType.File,
        discard: DiscardPolicy.Old,
        max_age: MAX_AGE_MS * NS_PER_MS,
        num_replicas: 1,
      })
      .catch((failure: unknown) => manager.streams.info(stream).catch(() => Promise.reject(failure as Error))); // another peer was faster
  }
  return manager;
}

/** Creates the consumer of a queue in the same way. It never changes an existing one: on old servers that would lock doppler out. */
export async function ensureConsumer(
  of: string,
  { library }: Up,
  manager: JetStreamManager,
  { stream, consumer, stem }: WorkQueue,
): Promise<ConsumerInfo> {
  const { AckPolicy, DeliverPolicy, ReplayPolicy } = library.jetstream;
  const config: Partial<ConsumerConfig> = {
    durable_name: consumer,
    deliver_policy: DeliverPolicy.All,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_MS * NS_PER_MS,
    filter_subject: `${stem}.>`,
    replay_policy: ReplayPolicy.Instant,
    max_ack_pending: MAX_ACK_PENDING,
  };
  let info: ConsumerInfo;
  try {
    info = await manager.consumers.info(stream, consumer);
  } catch (error) {
    if (codeOf(error) !== NO_SUCH_CONSUMER) throw error;
    return manager.consumers
      .add(stream, config)
      .catch((failure: unknown) =>
        manager.consumers.info(stream, consumer).catch(() => Promise.reject(failure as Error)),
      );
  }
  const odd = differences(info.config, config);
  if (odd.length > 0) {
    warn(
      `${of}: the consumer ${consumer} of ${stream} is not as doppler makes it (${odd.join(', ')}): doppler's Pull cannot join it`,
    );
  }
  return info;
}

/** What a consumer allows to request; `Infinity`: anything. */
export interface RequestLimits {
  readonly batch: number;
  readonly expiresMs: number;
}

/** What a consumer allows, in ms: one that others have made may have other values than doppler's. The server says 0 for no limit. */
export function limitsOf({ config }: ConsumerInfo): RequestLimits & { readonly ackWaitMs: number } {
  const { ack_wait: ackWait, backoff = [], max_batch: batch, max_expires: expires } = config;
  const waits = [ackWait, ...backoff].filter((ns): ns is number => ns !== undefined && ns > 0);
  return {
    ackWaitMs: waits.length === 0 ? ACK_WAIT_MS : Math.min(...waits) / NS_PER_MS,
    batch: batch || Infinity,
    expiresMs: expires ? expires / NS_PER_MS : Infinity,
  };
}

/** The differences that doppler's Pull checks. */
function differences(there: ConsumerConfig, wanted: Partial<ConsumerConfig>): string[] {
  const odd = (['ack_wait', 'max_ack_pending', 'ack_policy', 'deliver_policy'] as const).filter(
    (name) => there[name] !== wanted[name],
  );
  const isFiltered = there.filter_subject !== undefined && there.filter_subject !== wanted.filter_subject;
  return [...odd, ...(isFiltered ? ['filter_subject'] : []), ...((there.backoff?.length ?? 0) > 0 ? ['backoff'] : [])];
}

/** The number of a JetStream error; 0: it is not from JetStream. */
export function codeOf(error: unknown): number {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'number' ? code : 0;
}
