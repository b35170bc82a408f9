import type { Parts } from '../../basics/Parts.js';
import type { SocketSettings } from '../../driver/SocketSettings.js';
import type { Marks } from '../pipes/marks.js';
import type { StreamPipeSettings } from '../pipes/StreamPipe.js';

const DEFAULT_HIGH_WATER_BYTES = 32 * 1024 * 1024;

/** The pipe settings that follow from the settings of a socket. */
export function pipeSettings(settings: SocketSettings, released?: (parts: Parts) => void): StreamPipeSettings {
  const { highWaterMark, sendHighWaterMark = highWaterMark, receiveHighWaterMark = highWaterMark } = settings;
  const { highWaterBytes: bytes = DEFAULT_HIGH_WATER_BYTES } = settings.limits;
  const marks = (messages: number): Marks => ({ messages: messages === 0 ? Infinity : messages, bytes });
  return {
    raw: settings.type === 'stream',
    newestOnly: settings.conflate === true,
    receivesNewestOnly: settings.conflate === true && settings.type !== 'pub', // it receives only subscriptions
    withdraws: settings.type === 'dealer',
    released: settings.tellsReleased === true ? released : undefined,
    sendMarks: marks(sendHighWaterMark),
    receiveMarks: marks(receiveHighWaterMark),
    requiresPeer: settings.requiresPeer,
  };
}
