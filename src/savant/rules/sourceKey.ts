import type { Payload } from '../schema/types.js';

/** Whose counter a payload belongs to: its source's; `undefined`: the one that all payloads without a source share. */
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
