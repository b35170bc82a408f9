import type { Duplex } from 'node:stream';
import { createServer } from 'node:http';
import express from 'express';
import fastify from 'fastify';
import { NEVER } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { raw } from '../../src/codecs/raw.js';
import { serve } from '../../src/gateway/serve.js';
import { toPub } from '../../src/sinks/toPub.js';
import { ask } from './support/ask.js';
import { bound } from './support/bound.js';
import { knock } from './support/knock.js';
import { httpServer, listen } from './support/serving.js';

describe('a server that is there already', () => {
  it('keeps its requests: Express', async () => {
    const app = express().get('/hello', (_request, response) => void response.send('hi'));
    const server = createServer(app);
    const port = await listen(server);
    await bound(server, '/iq');
    expect(await ask(port, '/hello')).toEqual({ status: 200, body: 'hi' });
    expect((await ask(port, '/iq')).status).toBe(404); // Express has no such page
    expect((await knock(port)).status).toBe(101);
  });

  it('keeps its requests: Fastify', async () => {
    const app = fastify().get('/hello', () => 'hi');
    await app.listen({ port: 0, host: '127.0.0.1' });
    onTestFinished(() => app.close());
    const { port } = app.server.address() as { port: number };
    await bound(app.server, '/iq');
    expect(await ask(port, '/hello')).toEqual({ status: 200, body: 'hi' });
    expect((await knock(port)).status).toBe(101);
  });

  it.each([
    ['before', 'that knows its path', true],
    ['after', 'that knows its path', true],
    ['before', 'that refuses all others', false],
    ['after', 'that refuses all others', false],
  ] as const)('keeps its own upgrades: one that listened %s, %s', async (when, _what, noServer) => {
    const { server, port } = await httpServer();
    const listenThere = (): void => {
      const theirs = noServer ? new WebSocketServer({ noServer }) : new WebSocketServer({ server, path: '/theirs' });
      theirs.on('connection', answer);
      if (!noServer) return;
      server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
        if (request.url === '/theirs') theirs.handleUpgrade(request, socket, head, answer);
      });
    };
    if (when === 'before') listenThere();
    await bound(server, '/iq');
    if (when === 'after') listenThere();
    const { socket } = await knock(port, { path: '/theirs', protocols: [] });
    const answered = new Promise((resolve) => socket!.on('message', (data: Buffer) => resolve(data.toString())));
    socket!.send('whose?');
    expect(await answered).toBe('theirs');
    expect((await knock(port)).status).toBe(101);
  });

  it('answers for paths that nobody has, where nobody else listens', async () => {
    const { server, port } = await httpServer((_request, response) => void response.end('page'));
    await bound(server, '/iq');
    for (const path of ['/', '/iq/', '/IQ', '/%69q', '/other']) expect((await knock(port, { path })).status).toBe(404);
    expect((await knock(port, { path: '/iq?since=1' })).status).toBe(101);
  });

  it('still answers requests that ask for an upgrade to something else', async () => {
    const { server, port } = await httpServer((request, response) => void response.end(`page ${request.url}`));
    await bound(server, '/iq');
    for (const path of ['/page', '/iq']) {
      const headers = {
        Connection: 'Upgrade, HTTP2-Settings',
        Upgrade: 'h2c',
        'HTTP2-Settings': 'AAMAAABkAAQCAAAAAAIAAAAA',
      };
      expect(await ask(port, path, headers)).toEqual({ status: 200, body: `page ${path}` });
    }
  });

  it('refuses pages when the gateways on it are closed, until there is another', async () => {
    const server = createServer(); // nothing else answers there
    const port = await listen(server);
    const gateways = [serve(server), serve(server)];
    for (const gateway of gateways) await gateway.close();
    expect(await knock(port)).toMatchObject({ status: 503 });
    await bound(server, '/iq');
    expect((await knock(port)).status).toBe(101);
    expect(server.listenerCount('upgrade')).toBe(1);
  });

  it('has its upgrades for itself again when the gateways on it are closed', async () => {
    const { server, port } = await httpServer((request, response) => void response.end(`page ${request.url}`));
    await serve(server).close();
    const others = new WebSocketServer({ server });
    onTestFinished(() => void others.close());
    expect((await knock(port)).status).toBe(101);
    expect((await ask(port, '/', { Connection: 'Upgrade', Upgrade: 'h2c' })).status).toBe(400); // of ws
  });

  it('has paths of several gateways, and no path twice', async () => {
    const { server, port } = await httpServer();
    await bound(server, '/a');
    const { web } = await bound(server, '/b');
    expect(() => web.at('/a')).toThrow("at: path '/a' is open already");
    expect((await knock(port, { path: '/a' })).status).toBe(101);
    expect((await knock(port, { path: '/b' })).status).toBe(101);
  });

  it('may be one of several', async () => {
    const [one, two] = [await httpServer(), await httpServer()];
    const web = serve([one.server, two.server]);
    onTestFinished(() => web.close());
    const running = NEVER.pipe(toPub(web.at('/iq'), { codec: raw })).subscribe();
    onTestFinished(() => running.unsubscribe());
    expect((await knock(one.port)).status).toBe(101);
    expect((await knock(two.port)).status).toBe(101);
  });
});

function answer(client: WebSocket): void {
  client.on('message', () => client.send('theirs'));
}
