import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { WebServer } from './WebServer.js';
import { ignoreErrors } from './refuseUpgrade.js';

/**
 * Has a server answer a request as if it did not ask for an upgrade: it may decline one, and where nobody listened for upgrades it did
 * (`curl --http2` asks each server for h2c).
 */
export function answerAsRequest(server: WebServer, request: IncomingMessage, socket: Duplex): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false; // what comes next on this connection is parsed by nobody
  ignoreErrors(socket);
  response.assignSocket(socket as Socket);
  response.once('finish', () => {
    response.detachSocket(socket as Socket);
    socket.end();
  });
  server.emit('request', request, response);
}
