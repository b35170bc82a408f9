import type { ChannelConnector } from '../engine/web/Channel.js';
import { connectStandard } from './connectStandard.js';
import { pageOrigin } from './pageOrigin.js';
import type { StandardWebSocket } from './StandardWebSocket.js';

type WebSocketClass = new (url: string, protocols: string[]) => StandardWebSocket;

/** The WebSockets of a page or worker. */
export const browserChannels: ChannelConnector = {
  connect: (url, protocols, attempt) =>
    connectStandard(
      (absolute, offered) => {
        const { WebSocket } = globalThis as { readonly WebSocket?: WebSocketClass };
        if (WebSocket === undefined) throw new Error('there is no WebSocket here');
        return new WebSocket(absolute, [...offered]);
      },
      url.startsWith('/') ? `${pageOrigin()?.replace(/^http/, 'ws')}${url}` : url,
      protocols,
      attempt,
    ),
};
