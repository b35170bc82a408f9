import type { ChannelConnector } from '../engine/web/Channel.js';
import { connectStandard } from './connectStandard.js';
import { pageOrigin } from './pageOrigin.js';
import type { StandardWebSocket } from './StandardWebSocket.js';

type WebSocketClass = new (url: string, protocols: string[]) => StandardWebSocket;

/** The WebSockets of a page or worker. */
export const browserChannels: ChannelConnector = {
  connect: (url, protocols, attempt) =>
    connectStandard(
      (absolute, offered) =>
        new (globalThis as unknown as { readonly WebSocket: WebSocketClass }).WebSocket(absolute, [...offered]),
      url.startsWith('/') ? `${pageOrigin()?.replace(/^http/, 'ws')}${url}` : url,
      protocols,
      attempt,
    ),
};
