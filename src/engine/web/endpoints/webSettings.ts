import type { SocketSettings } from '../../../driver/SocketSettings.js';
import { pipeSettings } from '../../connections/pipeSettings.js';
import type { SocketCore } from '../../connections/SocketCore.js';
import type { Marks } from '../../pipes/marks.js';
import type { Outgoing } from '../Outgoing.js';
import { RateLimit } from '../RateLimit.js';
import type { WebClient, WebClientLimits } from '../WebRoute.js';
import type { WebConnectionSettings } from '../WebConnectionOwner.js';
import type { WebPipeSettings } from '../WebPipe.js';

const DEFAULT_WINDOW_BYTES = 1024 * 1024;
const HELLO_MS = 10_000;
const GONE_MS = 45_000;
const DEFAULT_MAX_PARTS = 1024;
/** With `conflate` one message is being processed, and the newest one is ready when that is done. */
const CONFLATED_MESSAGES = 2;
const NO_ID = new Uint8Array();

/** The connection settings for a WebSocket that the socket connects. */
export function connectingSettings(core: SocketCore): WebConnectionSettings {
  const { settings, context } = core;
  const { maxMessageBytes, limits, web = {} } = settings;
  const { maxParts = DEFAULT_MAX_PARTS } = limits;
  const { windowBytes = DEFAULT_WINDOW_BYTES } = web;
  return {
    clock: settings.clock,
    flusher: context.flusher,
    hello: { ...ownHello(settings), bytes: windowBytes, pingMs: 0, user: undefined },
    accepts: false,
    helloMs: HELLO_MS,
    goneMs: GONE_MS,
    maxMessageBytes,
    maxParts,
    rate: undefined,
    slowMs: Infinity,
    closeSlow: false,
  };
}

/** The same for a WebSocket that a gateway has accepted. */
export function acceptingSettings(core: SocketCore, client: WebClient): WebConnectionSettings {
  const { settings, context } = core;
  const { limits, userId: user } = client;
  const { messagesPerSecond, bytesPerSecond } = limits;
  const isLimited = messagesPerSecond !== Infinity || bytesPerSecond !== Infinity;
  const { maxMessageBytes, maxParts = Infinity } = { ...settings.limits, maxMessageBytes: settings.maxMessageBytes };
  return {
    ...limits,
    rate: isLimited ? () => new RateLimit(messagesPerSecond, bytesPerSecond) : undefined,
    clock: settings.clock,
    flusher: context.flusher,
    hello: { ...ownHello(settings), bytes: limits.windowBytes, pingMs: limits.pingMs, user },
    accepts: true,
    maxMessageBytes: Math.min(maxMessageBytes, limits.maxMessageBytes),
    maxParts: Math.min(maxParts, limits.maxParts),
  };
}

/** The pipe settings for WebSockets that follow from the settings of a socket. */
export function webPipeSettings(
  { settings, pipes }: SocketCore,
  outgoing: Outgoing,
  limits: Partial<WebClientLimits> = {},
): WebPipeSettings {
  const { newestOnly, withdraws, released, sendMarks, requiresPeer } = pipes;
  const { sendMessages = Infinity, sendBytes = Infinity } = limits;
  const marks: Marks = {
    messages: Math.min(sendMarks.messages, sendMessages),
    bytes: Math.min(sendMarks.bytes, sendBytes),
  };
  const sendsNewestOnly = newestOnly && settings.type !== 'sub';
  return { newestOnly: sendsNewestOnly, withdraws, released, requiresPeer, sendMarks: marks, outgoing };
}

function ownHello(settings: SocketSettings) {
  const { type, routingId: id = NO_ID } = settings;
  const { receiveMarks, receivesNewestOnly: conflate } = pipeSettings(settings);
  const messages = conflate ? CONFLATED_MESSAGES : Math.min(receiveMarks.messages, Number.MAX_SAFE_INTEGER);
  return { type, messages, id, conflate };
}
