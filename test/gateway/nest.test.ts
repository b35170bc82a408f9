import 'reflect-metadata';
import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WsAdapter } from '@nestjs/platform-ws';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { expect, it, onTestFinished } from 'vitest';
import { bound } from './support/bound.js';
import { knock } from './support/knock.js';

// Decorators by hand: the compiler of the tests has none.
class Pages {
  hello(): string {
    return 'hi';
  }
}
Get('hello')(Pages.prototype, 'hello', Object.getOwnPropertyDescriptor(Pages.prototype, 'hello')!);
Controller()(Pages);

class Theirs {
  echo(): object {
    return { event: 'echo', data: 'theirs' };
  }
}
SubscribeMessage('echo')(Theirs.prototype, 'echo', Object.getOwnPropertyDescriptor(Theirs.prototype, 'echo')!);
WebSocketGateway({ path: '/theirs' })(Theirs);

/** What is served. */
class App {
  readonly name = 'app';
}
Module({ controllers: [Pages], providers: [Theirs] })(App);

it('stands on the server of Nest, beside its own pages and its own WebSockets, which refuse every other path', async () => {
  const app: INestApplication = await NestFactory.create(App, { logger: false });
  app.useWebSocketAdapter(new WsAdapter(app));
  onTestFinished(() => app.close());
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer() as Parameters<typeof bound>[0];
  const { port } = server.address() as { port: number };
  await bound(server, '/iq');

  expect(await (await fetch(`http://127.0.0.1:${port}/hello`)).text()).toBe('hi');
  expect((await knock(port)).status).toBe(101);
  const { socket } = await knock(port, { path: '/theirs', protocols: [] });
  const answer = new Promise((resolve) =>
    socket!.on('message', (data: Buffer) => resolve(JSON.parse(data.toString()))),
  );
  socket!.send(JSON.stringify({ event: 'echo' }));
  expect(await answer).toEqual({ event: 'echo', data: 'theirs' });
});
