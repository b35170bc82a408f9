import type { Clock } from '../../time/Clock.js';
import type { Socket } from '../../driver/Socket.js';
import type { SocketStatus } from '../../driver/SocketStatus.js';
import { StallWatch } from './StallWatch.js';

/** Returns a watch that reports the stalls of a socket as statuses. */
export function watchStalls(
  clock: Clock,
  socket: () => Pick<Socket, 'id' | 'endpoint'>,
  notify: (status: SocketStatus) => void,
): StallWatch {
  return new StallWatch(clock, (kind, stalledMs) => {
    const { id: socketId, endpoint } = socket();
    notify(kind === 'stalled' ? { kind, socketId, endpoint } : { kind, socketId, endpoint, stalledMs });
  });
}
