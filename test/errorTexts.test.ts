import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { concat, NEVER, of, range, Subject } from 'rxjs';
import {
  align,
  bounded,
  cf128ToFloat64,
  convertSamples,
  cu8ToFloat32,
  curvePublicKey,
  decodeFrame,
  encodeFrame,
  float32ToCu8,
  float64ToCf128,
  frame,
  fresh,
  fromIterable,
  fromPull,
  gaps,
  halfToFloat32,
  iterate,
  json,
  markGaps,
  openSocket,
  pace,
  pacedMap,
  proxy,
  raw,
  reblock,
  reply,
  request,
  type RxZmqError,
  stats,
  tee,
  text,
  topic,
  toPub,
  toPush,
} from 'rxzmq';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { describe as described } from '../src/basics/describe.js';
import { functions, names } from './badInput/functions.js';
import { collect } from './helpers/collect.js';
import { nobodyAt } from './helpers/nobodyAt.js';
import { Statuses } from './helpers/Statuses.js';

// Every error names the function, the endpoint or option, and the value. First what the calls give, then all texts in the sources.

const samples = new Float32Array(2);
const any = 'tcp://127.0.0.1:*';

function thrownBy(call: () => unknown): RxZmqError {
  try {
    call();
  } catch (error) {
    return error as RxZmqError;
  }
  throw new Error('it threw nothing');
}

describe.each(names)('%s', (name) => {
  const call = functions[name]!;
  const endpoint = 'inproc://texts';

  it('names a misspelt option, and the one that was meant', () => {
    expect(thrownBy(() => call(endpoint, { highWatermark: 5 })).message).toBe(
      `${name}: unknown option 'highWatermark'; did you mean 'highWaterMark'?`,
    );
  });

  it.each([
    ['highWaterMark', 0, 'an integer from 1 to 2147483647, got 0'],
    ['lingerMs', -1, 'a number of milliseconds from 0 to 2147483647, or Infinity, got -1'],
    [
      'codec',
      json,
      "a codec: an object with encode and decode (json and topic are functions that make one: 'json()'), got a function",
    ],
    ['driver', 'nativ', "'auto' or 'engine' or 'native' (did you mean 'native'?), got 'nativ'"],
    ['reconnect.maxMs', { reconnect: { maxMs: 0 } }, 'a number of milliseconds from 1 to 2147483647, got 0'],
    [
      'heartbeat.intervalMs',
      { heartbeat: { intervalMs: 'x' } },
      "a number of milliseconds from 1 to 2147483647, got 'x'",
    ],
    ['heartbeat', { heartbeat: {} }, 'false, or an object with intervalMs, got an Object'],
    ['security', { security: 'curve' }, 'an object with a mechanism, got a text of 5 characters'],
    [
      'security.mechanism',
      { security: { mechanism: 'curv' } },
      "'null', 'plain' or 'curve' (did you mean 'curve'?), got 'curv'",
    ],
    [
      'security.secretKey',
      { security: { mechanism: 'curve', secretKey: 'short' } },
      '32 bytes or 40 characters of Z85, got a text of 5 characters',
    ],
    [
      'security.password',
      { security: { mechanism: 'plain', username: 'u', password: 5 } },
      'a text of 1 to 255 bytes in UTF-8, got a number',
    ],
    ['security.authenticate', { security: { mechanism: 'null', authenticate: 5 } }, 'a function, got a number'],
    [
      'security.allow',
      { security: { mechanism: 'null', allow: '10.0.0.1' } },
      'an array of IP addresses and networks, got a text of 8 characters',
    ],
    ['token', { token: 5 }, 'a text of 1 to 4096 characters, or a function that gives one, got a number'],
  ] as const)('names option %s and its value', (option, given, says) => {
    const options = typeof given === 'object' ? given : { [option]: given };
    const error = thrownBy(() => call(endpoint, options));
    expect(error).toMatchObject({ code: 'ERR_OPTION', option });
    expect(error.message).toBe(`${name}: option '${option}' must be ${says}`);
  });

  it('names a misspelt option in an option', () => {
    expect(thrownBy(() => call(endpoint, { reconnect: { maxMS: 5 } })).message).toBe(
      `${name}: unknown option 'reconnect.maxMS'; did you mean 'maxMs'?`,
    );
    const security = { mechanism: 'curve', secretkey: 'x' };
    expect(thrownBy(() => call(endpoint, { security })).message).toBe(
      `${name}: unknown option 'security.secretkey'; did you mean 'secretKey'?`,
    );
  });

  it.each([
    ['heartbeatInterval', "'heartbeat: { intervalMs }' here"],
    ['receiveHighWaterMark', "'highWaterMark' here, for both directions"],
    ['sendHighWaterMark', "'highWaterMark' here, for both directions"],
    ['linger', "'lingerMs' here"],
    ['maxMessageSize', "'maxMessageBytes' here"],
    ['reconnectInterval', "'reconnect: { initialMs }' here"],
    ['curveServer', "'security: { mechanism: 'curve', secretKey }' here"],
    ['plainUsername', "'security: { mechanism: 'plain', username, password }' here"],
    ['immediate', 'not needed here: only connected peers get messages'],
    ['tcpKeepalive', 'not here: it is an option of openSocket, for sockets by hand'],
  ])('says what %s of zeromq.js is', (option, says) => {
    expect(thrownBy(() => call(endpoint, { [option]: 1 })).message).toBe(`${name}: option '${option}' is ${says}`);
  });

  it.each([
    ['127.0.0.1:5555', "has no transport; write it like 'tcp://127.0.0.1:5555'"],
    ['tcp://127.0.0.1', 'has no port'],
    ['tpc://127.0.0.1:1', "has the unknown transport 'tpc'; did you mean 'tcp'?"],
    ['tcp://127.0.0.1:70000', 'has the port 70000, which is above 65535'],
    [5, 'is not a string'],
  ])('names the endpoint %j', (wrong, says) => {
    const error = thrownBy(() => call(wrong));
    expect(error).toMatchObject({ code: 'ERR_ENDPOINT' });
    expect(error.message).toBe(`${name}: endpoint ${described(wrong)} ${says}`);
  });
});

describe('a value that cannot be sent', () => {
  const endpoint = 'inproc://texts-values';
  const frames = `without option 'codec' only frames are sent`;
  const values: [unknown, string][] = [
    [
      'text',
      `a frame must be an object with samples, not 'text'; ${frames}: codec: text sends strings, codec: json() values as JSON`,
    ],
    [
      Buffer.from('text'),
      `a Uint8Array does not say its sample type: give sampleType: 'cf128', or an array of another class; ${frames}: codec: raw sends bytes, as [bytes]`,
    ],
    [
      [new Uint8Array(1)],
      `a frame must be an object with samples, not an array of 1; samples are a typed array: Float32Array.from(array) makes one; ${frames}: codec: raw sends the parts of a message`,
    ],
    [{ a: 1 }, `a frame must be an object with samples, not an Object; ${frames}: codec: json() sends it as JSON`],
    [5, `a frame must be an object with samples, not 5; ${frames}: codec: json() sends it as JSON`],
    [new Float32Array(3), 'samples is a Float32Array of length 3, not a multiple of 2: a complex sample is I and Q'],
    [{ ...frame(samples), streamId: -1 }, 'streamId must be an integer from 0 to 4294967295, not -1'],
  ];
  const sinks = {
    toPush: toPush(endpoint) as never,
    toPub: toPub(endpoint, { status: () => undefined }) as never,
    request: request(endpoint) as never,
  };

  for (const [name, sink] of Object.entries(sinks)) {
    it.each(values.map(([value, says]) => ({ value, says })))(`is named by ${name}: $says`, async ({ value, says }) => {
      const error = (await collect(concat(of(value), NEVER).pipe(sink)).error) as RxZmqError;
      expect(error).toMatchObject({ code: 'ERR_FRAME' });
      expect(error.message).toBe(`${name} ${endpoint}: ${says}`);
      expect(error.stack).toContain(error.message);
    });
  }

  it.each([
    ['text', text, 5, 'text: the value must be a string, not 5'],
    ['json', json(), 5n, 'json: 5n cannot be JSON: Do not know how to serialize a BigInt'],
    ['raw', raw, 'x', "raw: a message must be an array of Uint8Arrays, not 'x'"],
    ['topic', topic(text), 'x', "topic: a value must be { topic, value }, not 'x'"],
    [
      'your own',
      { encode: () => 5, decode: () => 5 },
      'x',
      "the codec's encode must return an array of at least one Uint8Array, not 5",
    ],
  ] as [string, object, unknown, string][])('is named by the codec %s', async (_, codec, value, says) => {
    const error = (await collect(concat(of(value), NEVER).pipe(toPush(endpoint, { codec: codec as never }) as never))
      .error) as RxZmqError;
    expect(error).toMatchObject({ code: 'ERR_CODEC' });
    expect(error.message).toBe(`toPush ${endpoint}: ${says}`);
  });

  it('is named in a reply as well, by the warning and the status', async () => {
    const statuses = new Statuses();
    const served = collect(reply('inproc://texts-reply', () => 5 as never, { status: statuses }));
    collect(concat(of(samples), NEVER).pipe(request('inproc://texts-reply', { timeoutMs: 60_000 })));
    const { reason } = await statuses.first('dropped');
    expect(reason).toBe(
      `the reply cannot be encoded: reply inproc://texts-reply: a frame must be an object with samples, not 5; ${frames}: codec: json() sends it as JSON`,
    );
    served.unsubscribe();
  });
});

describe('a failure that arrives later', () => {
  it('of a message that is no frame names source and endpoint', async () => {
    const statuses = new Statuses();
    const read = collect(fromPull(any, { bind: true, onInvalid: 'error', status: statuses }));
    const endpoint = await statuses.endpoint();
    collect(concat(of('hello'), NEVER).pipe(toPush(endpoint, { codec: text, bind: false })));
    const error = (await read.error) as RxZmqError;
    expect(error.message).toBe(
      `fromPull ${endpoint}: a frame has 2 parts (header, payload), this message has 1; it looks like text: use the codec text`,
    );
    expect(await statuses.first('invalid')).toMatchObject({
      endpoint,
      reason: error.message.replace(/^\S+ \S+: /, ''),
    });
  });

  it('of a codec names source and endpoint', async () => {
    const statuses = new Statuses();
    const read = collect(fromPull(any, { bind: true, onInvalid: 'error', codec: json(), status: statuses }));
    const endpoint = await statuses.endpoint();
    collect(concat(of('{'), NEVER).pipe(toPush(endpoint, { codec: text, bind: false })));
    expect(((await read.error) as Error).message).toMatch(
      new RegExp(`^fromPull ${endpoint.replaceAll('.', '\\.')}: json: the message is not JSON: `),
    );
  });

  it('a port in use names function and endpoint; for a second subscription it says share()', async () => {
    const statuses = new Statuses();
    collect(fromPull(any, { bind: true, status: statuses }));
    const endpoint = await statuses.endpoint();
    const other = new Statuses();
    const error = (await collect(toPush(endpoint)(NEVER)).error) as RxZmqError;
    expect(error).toMatchObject({ code: 'ERR_SOCKET', operation: 'bind', endpoint });
    expect(error.message).toMatch(/^toPush: bind failed on tcp:\/\/127\.0\.0\.1:\d+: .*EADDRINUSE/);
    expect(error.message).not.toContain('share()');

    const place = await nobodyAt();
    const both = fromPull(place, { bind: true, status: other });
    collect(both);
    await other.first('listening');
    const second = (await collect(both).error) as RxZmqError;
    expect(second.message).toMatch(
      /^fromPull: bind failed on .*; another subscription of this Observable has bound it: .* share\(\)/,
    );

    const served = reply('inproc://texts-twice', (asked) => asked);
    collect(served);
    expect(((await collect(served).error) as Error).message).toMatch(
      /^reply: bind failed on inproc:\/\/texts-twice: .*share\(\)/,
    );
  });

  it('an overflow names consumer and endpoint, and how many', async () => {
    const flood = range(0, 100).pipe(toPush('inproc://texts-flood', { codec: json(), maxBuffered: 7, demand: null }));
    const error = (await collect(flood).error) as RxZmqError;
    expect(error.message).toBe(
      'toPush inproc://texts-flood: more than 7 values wait, because the source ignores back-pressure; put bounded(...) before it, or slow the source',
    );
    const full = (await collect(
      range(0, 100).pipe(
        bounded(5),
        pacedMap(() => NEVER),
      ),
    ).error) as RxZmqError;
    expect(full.message).toBe(
      "bounded: more than 5 values wait, and its policy is 'error'; 'drop-oldest' and 'drop-newest' go on",
    );
  });

  it('a request without a peer names function, endpoint and time', async () => {
    const endpoint = await nobodyAt();
    const asked = collect(
      concat(of(samples), NEVER).pipe(request(endpoint, { connectTimeoutMs: 1, status: () => undefined })),
    );
    expect(((await asked.error) as Error).message).toBe(`request: no peer at ${endpoint} within 1 ms (1 try)`);
  });

  it('a drain that is given up names function, endpoint and count', async () => {
    const endpoint = await nobodyAt();
    const sent = collect(of(samples).pipe(toPush(endpoint, { bind: false, lingerMs: 1, status: () => undefined })));
    expect(((await sent.error) as Error).message).toBe(
      `toPush: 1 frame left at ${endpoint} after 1 ms without progress`,
    );
  });

  it('a handle names itself', async () => {
    const statuses = new Statuses();
    collect(fromPull(any, { bind: true, status: statuses }));
    const socket = openSocket('pull').bind(await statuses.endpoint());
    await expect(socket.opened).rejects.toThrow(/^openSocket\('pull'\): bind failed on tcp:/);
    await socket.close();
  });
});

it.each([
  [() => frame('x' as never), "frame: samples must be one of .*, not 'x'"],
  [
    () => frame(samples, { sampleRate: '1' as never }),
    "frame: option 'sampleRate' must be a number \\(not NaN\\), got '1'",
  ],
  [() => encodeFrame(5 as never), 'encodeFrame: a frame must be an object with samples, not 5'],
  [
    () => decodeFrame([new Uint8Array(3)]),
    'decodeFrame: a frame has 2 parts \\(header, payload\\), this message has 1',
  ],
  [
    () => decodeFrame([new Uint8Array(3), new Uint8Array(1)]),
    "decodeFrame: a frame's header has 96 bytes, this one has 3",
  ],
  [() => cf128ToFloat64(5 as never), 'cf128ToFloat64: bytes must be a Uint8Array, not 5'],
  [() => float64ToCf128(5 as never), 'float64ToCf128: values must be a Float64Array, not 5'],
  [() => cu8ToFloat32(5 as never), 'cu8ToFloat32: bytes must be a Uint8Array, not 5'],
  [() => float32ToCu8(5 as never), 'float32ToCu8: values must be a Float32Array, not 5'],
  [() => halfToFloat32(5 as never), 'halfToFloat32: values must be a Uint16Array or a Uint8Array, not 5'],
  [
    () => curvePublicKey('x'),
    'curvePublicKey: secretKey must be 32 bytes or 40 characters of Z85, got a text of 1 characters',
  ],
  [() => bounded(0), 'bounded: '],
  [() => fresh(-1), 'fresh: maxAgeMs must be .*, got -1'],
  [() => reblock(0), 'reblock: .*got 0'],
  [() => pace({ speed: -1 }), "pace: option 'speed' must be .*, got -1"],
  [() => gaps({ onGap: () => undefined, maxStreams: 0 }), "gaps: option 'maxStreams' must be .*, got 0"],
  [() => markGaps({ maxStreams: 0 }), "markGaps: option 'maxStreams' must be .*, got 0"],
  [() => stats({ everyMs: 0 }), "stats: option 'everyMs' must be .*, got 0"],
  [() => convertSamples('f32' as never), "convertSamples: .*got 'f32'"],
  [() => align(5 as never, NEVER), 'align: the first input must be an Observable, got 5'],
  [() => pacedMap(5 as never), 'pacedMap: .*got 5'],
  [() => tee(5 as never), 'tee: each sink must be an operator, got 5'],
  [() => iterate(5 as never), 'iterate: the source must be an Observable, a Promise or an iterable, got 5'],
  [() => fromIterable(5 as never), 'fromIterable: 5 cannot be iterated'],
  [() => openSocket('pusher' as never), "openSocket: there is no socket type 'pusher'; did you mean 'push'\\?"],
  [
    () => openSocket('push', { mandatory: true } as never),
    "openSocket\\('push'\\): option 'mandatory' is for router, not for push",
  ],
  [() => proxy(5 as never, 5 as never), 'proxy: frontend must be a socket of openSocket, got 5'],
  [() => json(5 as never), 'json: validate must be a function, got 5'],
  [() => topic(5 as never), 'topic: codec must have encode and decode, got 5'],
  [() => reply('inproc://x', 5 as never), 'reply: the handler must be a function, got 5'],
])('%s names the function and the value', (call, says) => {
  expect(thrownBy(call).message).toMatch(new RegExp(`^${says}`));
});

it.each([
  ['gaps', gaps({ onGap: () => undefined })],
  ['markGaps', markGaps()],
  ['stats', stats()],
])('%s names itself for a frame without a number', async (name, operator) => {
  const source = new Subject<never>();
  const error = collect(source.pipe(operator as never)).error;
  source.next({ ...frame(samples), sequence: -1 } as never);
  expect(((await error) as Error).message).toBe(`${name}: sequence must be an integer from 0 to 2 ** 53 - 1, not -1`);
});

describe('the texts in the sources', () => {
  const root = fileURLToPath(new URL('../src/', import.meta.url));
  const at: Readonly<Record<string, number>> = { OptionError: 2, EndpointError: 1, UnsupportedError: 0 };
  /** Texts that begin with the function, or its variable. */
  const NAMED = /^[`'"](\$\{(this\.#)?(of|OF|name|at\.of)\}|\w+(\.\w+)?(\('\$\{\w+\}'\))?)[: ]/;
  /** These errors are of the engine and other drivers: who reports them names the function. */
  const BELOW = /^(engine|native|nats|platform|samples)\//;

  function* textsOf(folder: string): Generator<[place: string, text: string]> {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) yield* textsOf(path);
      else if (path.endsWith('.ts')) yield* textsIn(path);
    }
  }

  function* textsIn(path: string): Generator<[string, string]> {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
    const found: [string, string][] = [];
    const visit = (node: ts.Node): void => {
      ts.forEachChild(node, visit);
      if (!ts.isNewExpression(node)) return;
      const index = at[node.expression.getText()];
      const text = index === undefined ? undefined : node.arguments?.[index];
      if (text === undefined || ts.isIdentifier(text)) return; // the text of a variable is one of the calls above
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push([`${relative(root, path).split(sep).join('/')}:${line + 1}`, text.getText()]);
    };
    visit(file);
    yield* found;
  }

  it('begin with the function', () => {
    const all = [...textsOf(root)].filter(([place]) => !BELOW.test(place));
    expect(all.length).toBeGreaterThan(70);
    expect(all.filter(([, text]) => !NAMED.test(text))).toEqual([]);
  });
});
