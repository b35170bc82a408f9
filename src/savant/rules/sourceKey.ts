import type { Payload } from '../schema/types.js';

/** The counter of a payload: that of its source; `undefined`: all payloads without a source share one. */
export function sourceKey(payload: Payload): string | undefined {
  switch (payload.kind) {
    case 'videoFrame':
    case 'userData':
    case 'endOfStream':
      return payload.sourceId;
    case 'videoFrameBatch':
    case 'videoFrameUpdate':
    case 'unknown':
    case 'shutdown':
      return undefined;
  }
}
