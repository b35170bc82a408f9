import type { WebSocketServer } from 'ws';
import { threadRoutes } from '../engine/web/threadRoutes.js';
import type { WebClientLimits, WebRoute } from '../engine/web/WebRoute.js';
import { SUBPROTOCOL } from './admission/readProtocols.js';
import type { GatewayLimits } from './GatewayLimits.js';
import type { Ws } from './loadWs.js';

/** Small messages come together up to so many bytes; and a message that is not much too large hears of it by a close code of our own. */
const SPARE_BYTES = 128 * 1024;

/** A path of a gateway. */
export class GatewayRoute {
  readonly path: string;
  readonly endpoint: string;
  readonly limits: GatewayLimits;
  readonly clientLimits: WebClientLimits;
  #server: WebSocketServer | undefined;

  constructor(path: string, endpoint: string, limits: GatewayLimits) {
    const { handshakeTimeoutMs: helloMs, highWaterMark: sendMessages, highWaterBytes: sendBytes } = limits;
    this.path = path;
    this.endpoint = endpoint;
    this.limits = limits;
    this.clientLimits = { ...limits, helloMs, sendMessages, sendBytes };
  }

  /** The socket that is bound here now. */
  get socket(): WebRoute | undefined {
    return threadRoutes.find(this.endpoint);
  }

  /** What upgrades. It keeps nothing of its clients. */
  server({ WebSocketServer }: Ws): WebSocketServer {
    return (this.#server ??= new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      autoPong: false,
      maxPayload: this.limits.maxMessageBytes + SPARE_BYTES,
      handleProtocols: () => SUBPROTOCOL, // the token is not said back
    }));
  }
}
