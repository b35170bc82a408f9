import { connectStandard } from '../browser/connectStandard.js';
import type { StandardWebSocket } from '../browser/StandardWebSocket.js';
import type { ChannelConnector } from '../engine/web/Channel.js';
import { NativeLoadError } from '../errors.js';

type WebSocketClass = new (url: string, protocols: string[], options?: object) => StandardWebSocket;

/** Node has WebSocket from 22 on. */
const { WebSocket: Standard } = globalThis as { readonly WebSocket?: WebSocketClass };
let loaded: WebSocketClass | undefined = Standard;

/** WebSockets for Node: its own, or those of the package ws, which is loaded when it is first needed. */
export const nodeChannels: ChannelConnector = {
  connect: (url, protocols, attempt) => {
    const connect = (Class: WebSocketClass): (() => void) =>
      connectStandard(
        (to, offered) => new Class(to, [...offered], { perMessageDeflate: false }),
        url,
        protocols,
        attempt,
      );
    if (loaded !== undefined) return connect(loaded);
    let isWanted = true;
    let cancel = (): void => undefined;
    import(/* webpackIgnore: true */ 'ws').then(
      ({ WebSocket }) => {
        loaded = WebSocket as unknown as WebSocketClass;
        if (isWanted) cancel = connect(loaded);
      },
      (cause: unknown) => {
        const reason = 'Node has no WebSocket of its own before 22: npm install ws';
        if (isWanted) attempt.failed(reason, new NativeLoadError(reason, { cause }));
      },
    );
    return () => {
      isWanted = false;
      cancel();
    };
  },
};
