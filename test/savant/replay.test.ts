import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Subject } from 'rxjs';
import { expect, it, onTestFinished } from 'vitest';
import { decodeMessage, type Outgoing, toWriter } from '../../src/savant/index.js';
import { collect } from '../helpers/collect.js';
import { anyPort, brief, bytes, data, end, reading, Told } from './sockets.js';

// What savant_rs 1.15.1 said on a connection: UserData of 'cam-1' with the data 'extra', then the end of 'cam-1'.

type Direction = 'connector_to_binder' | 'binder_to_connector';

const recorded = (pair: string, direction: Direction): Buffer =>
  readFileSync(new URL(`../fixtures/savant/1.15.1/tcpstream-${pair}-${direction}.bin`, import.meta.url));

const GREETING_BYTES = 64;
const [MORE, LONG, COMMAND] = [1, 2, 4];

/** The frames of a stream that are complete, with their headers, behind greeting and READY; messages and commands apart. */
function split(stream: Buffer): {
  readonly handshake: Buffer;
  readonly messages: Buffer[][];
  readonly commands: Buffer[];
} {
  const messages: Buffer[][] = [];
  const commands: Buffer[] = [];
  let parts: Buffer[] = [];
  let handshakeEnd = GREETING_BYTES;
  for (let at = GREETING_BYTES; at + 2 <= stream.length;) {
    const flags = stream[at]!;
    const isLong = (flags & LONG) !== 0;
    if (isLong && at + 9 > stream.length) break;
    const length = isLong ? Number(stream.readBigUInt64BE(at + 1)) : stream[at + 1]!;
    const next = at + (isLong ? 9 : 2) + length;
    if (next > stream.length) break;
    const frame = stream.subarray(at, next);
    if ((flags & COMMAND) !== 0) {
      if (handshakeEnd === GREETING_BYTES) handshakeEnd = next;
      else commands.push(frame);
    } else {
      parts.push(frame);
      if ((flags & MORE) === 0) {
        messages.push(parts);
        parts = [];
      }
    }
    at = next;
  }
  return { handshake: stream.subarray(0, handshakeEnd), messages, commands };
}

const contentOf = (frame: Buffer): Buffer => frame.subarray((frame[0]! & LONG) === 0 ? 2 : 9);

/** All that came on a connection. */
class Line {
  readonly #socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  readonly #changed = new Subject<void>();

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#changed.next();
    });
    onTestFinished(() => void socket.destroy());
  }

  static async connect(endpoint: string): Promise<Line> {
    const socket = connect(Number(endpoint.slice(endpoint.lastIndexOf(':') + 1)), '127.0.0.1');
    await once(socket, 'connect');
    return new Line(socket);
  }

  say(what: Uint8Array): void {
    this.#socket.write(what);
  }

  end(): void {
    this.#socket.destroy();
  }

  /** What came, once there is so much of it. */
  heard(enough: (heard: ReturnType<typeof split>) => boolean): Promise<ReturnType<typeof split>> {
    return new Promise((resolve) => {
      const look = (): void => {
        const heard = split(this.#received);
        if (!enough(heard)) return;
        subscription.unsubscribe();
        resolve(heard);
      };
      const subscription = this.#changed.subscribe(look);
      look();
    });
  }
}

/** A raw server, for one connection. */
async function server(): Promise<{ readonly endpoint: string; readonly line: Promise<Line> }> {
  const listening = createServer();
  listening.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  onTestFinished(() => void listening.close());
  const line = once(listening, 'connection').then(([socket]) => new Line(socket as Socket));
  return { endpoint: `tcp://127.0.0.1:${(listening.address() as AddressInfo).port}`, line };
}

/** The same with the system id of the recording, which each writer makes for itself. */
function comparable(messages: Buffer[][], like: Buffer[][]): Buffer[][] {
  return messages.map((parts, i) =>
    parts.map((part, k) => {
      const original = like[i]?.[k];
      if (original === undefined || !original.includes('1.15.1')) return part;
      const { systemId } = decodeMessage(contentOf(original));
      const ours = decodeMessage(contentOf(part)).systemId;
      return Buffer.from(part.toString('latin1').replace(ours, systemId), 'latin1');
    }),
  );
}

const expected = [
  { kind: 'message', topic: bytes('cam-1'), data: [bytes('extra')], message: { protocolVersion: '1.15.1', seqId: 1n } },
  {
    kind: 'message',
    topic: bytes('cam-1'),
    data: [],
    message: { payload: { kind: 'endOfStream', sourceId: 'cam-1' } },
  },
];

it.each([
  ['dealer_router', 'router', 1],
  ['req_rep', 'rep', 2],
] as const)('a reader of %s takes what a writer said, and answers as the reader did', async (pair, type, answers) => {
  const read = reading(`${type}+bind:${anyPort}`);
  const line = await Line.connect(await read.told.endpoint());
  line.say(recorded(pair, 'connector_to_binder'));
  const results = await read.first(2);
  expect(results).toMatchObject(expected);
  expect(results.map(brief)).toEqual(['userData cam-1 1', 'endOfStream cam-1 2']);
  const { messages } = await line.heard((heard) => heard.messages.length === answers);
  expect(messages).toEqual(split(recorded(pair, 'binder_to_connector')).messages);
});

it('a reader of pub_sub subscribes as the reader did, and takes what the writer said', async () => {
  const { endpoint, line } = await server();
  const read = reading(`sub+connect:${endpoint}`, { topicPrefixSpec: 'prefix{cam}' });
  const there = await line;
  there.say(recorded('pub_sub', 'binder_to_connector'));
  expect(await read.first(2)).toMatchObject(expected);
  const original = split(recorded('pub_sub', 'connector_to_binder'));
  const count = original.commands.length + original.messages.length;
  const { commands, messages } = await there.heard((heard) => heard.commands.length + heard.messages.length === count);
  expect({ commands, messages }).toEqual({ commands: original.commands, messages: original.messages });
});

it.each([
  ['dealer_router', 'dealer', ['success', 'ack']],
  ['req_rep', 'req', ['ack', 'ack']],
] as const)('a writer of %s says what the writer said, and takes its answers', async (pair, type, kinds) => {
  const { endpoint, line } = await server();
  const input = new Subject<Outgoing>();
  const written = collect(input.pipe(toWriter(`${type}+connect:${endpoint}`)));
  input.next({ message: data('cam-1'), data: bytes('extra') });
  input.next({ message: end('cam-1') });
  input.complete();
  const there = await line;
  const answer = split(recorded(pair, 'binder_to_connector'));
  there.say(answer.handshake);
  for (const [i, parts] of answer.messages.entries()) {
    const asked = 2 - answer.messages.length + i + 1; // a DEALER is answered at the end only
    await there.heard((heard) => heard.messages.length === asked);
    for (const part of parts) there.say(part);
  }
  await written.completed;
  expect(written.values.map(({ kind }) => kind)).toEqual(kinds);
  const { messages } = await there.heard((heard) => heard.messages.length === 2);
  const original = split(recorded(pair, 'connector_to_binder')).messages;
  expect(comparable(messages, original)).toEqual(original);
});

it('a writer of pub_sub says what the writer said', async () => {
  const told = new Told();
  const input = new Subject<Outgoing>();
  const written = collect(input.pipe(toWriter(`pub+bind:${anyPort}`, { status: told })));
  const line = await Line.connect(await told.endpoint());
  line.say(recorded('pub_sub', 'connector_to_binder'));
  await told.nth('subscribed');
  input.next({ message: data('cam-1'), data: bytes('extra') });
  input.next({ message: end('cam-1') });
  const { messages } = await line.heard((heard) => heard.messages.length === 2);
  const original = split(recorded('pub_sub', 'binder_to_connector')).messages;
  expect(comparable(messages, original)).toEqual(original);
  expect(written.values.map(({ kind }) => kind)).toEqual(['success', 'success']);
});

it('a peer that is cut off in the middle of a message is no message, and the next one is read', async () => {
  const stream = recorded('dealer_router', 'connector_to_binder');
  const read = reading(`router+bind:${anyPort}`);
  const endpoint = await read.told.endpoint();
  const { handshake } = split(stream);
  const cut = await Line.connect(endpoint);
  cut.say(stream.subarray(0, handshake.length + 20));
  await read.told.nth('connected');
  cut.end();
  await read.told.nth('disconnected');
  (await Line.connect(endpoint)).say(stream);
  expect(await read.first(2)).toMatchObject(expected);
  expect(read.values).toHaveLength(2);
});
