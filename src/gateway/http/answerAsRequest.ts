import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebServer } from './WebServer.js';
import { ignoreErrors } from './refuseUpgrade.js';

/**
 * Lets a server answer a request as if it did not ask for an upgrade. A server may decline an upgrade, and does so if it has no listener
 * for upgrades (`curl --http2` asks each server for h2c).
 */
export function answerAsRequest(server: WebServer, request: IncomingMessage, socket: Duplex): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false; // no parser reads further requests on this connection
  ignoreErrors(socket);
  response.assignSocket(socket as Socket);
  response.once('finish', () => {
    response.detachSocket(socket as Socket);
    socket.end();
  });
  server.emit('request', request, response);
}
