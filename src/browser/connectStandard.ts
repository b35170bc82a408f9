import type { ChannelAttempt } from '../engine/web/Channel.js';
import { StandardChannel } from './StandardChannel.js';
import type { OpenWebSocket, StandardWebSocket } from './StandardWebSocket.js';

/** A browser does not tell a page which of these has happened. */
const UNKNOWN = 'no connection: the gateway is away, refuses this origin or has no such path; its log says which';

/** Connects a WebSocket with the API of browsers. The returned function cancels the attempt. */
export function connectStandard(
  open: OpenWebSocket,
  url: string,
  protocols: readonly string[],
  attempt: ChannelAttempt,
): () => void {
  let isWanted = true;
  let failure: string | undefined;
  const fail = (): void => {
    if (isWanted) attempt.failed(failure ?? UNKNOWN);
    isWanted = false;
  };
  let socket: StandardWebSocket;
  try {
    socket = open(url, protocols);
  } catch (error) {
    failure = (error as Error).message; // for example, a page of https may not connect to ws://
    void Promise.resolve().then(fail); // never before this function returns
    return () => (isWanted = false);
  }
  socket.binaryType = 'arraybuffer';
  socket.onerror = ({ message }) => {
    if (typeof message === 'string' && message !== '') failure ??= message;
  };
  socket.onclose = fail;
  socket.onopen = () => {
    if (!isWanted) return;
    isWanted = false;
    attempt.opened(new StandardChannel(socket), socket.protocol);
  };
  return () => {
    isWanted = false;
    socket.close();
  };
}
