import type { WebSocketServer } from 'ws';
import { threadRoutes } from '../engine/web/threadRoutes.js';
import type { WebClientLimits, WebRoute } from '../engine/web/WebRoute.js';
import { SUBPROTOCOL } from './admission/readProtocols.js';
import type { GatewayLimits } from './GatewayLimits.js';
import type { Ws } from './loadWs.js';

/**
 * The excess that `ws` allows: small messages arrive together, up to this many bytes, and for a message that is only a little too
 * large the gateway sends its own close code.
 */
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

  /** The socket that is bound at this path now. */
  get socket(): WebRoute | undefined {
    return threadRoutes.find(this.endpoint);
  }

  /** Performs the upgrades. It does not keep its clients. */
  server({ WebSocketServer }: Ws): WebSocketServer {
    return (this.#server ??= new WebSocketServer({
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      autoPong: false,
      maxPayload: this.limits.maxMessageBytes + SPARE_BYTES,
      handleProtocols: () => SUBPROTOCOL, // the token is not sent back
    }));
  }
}
