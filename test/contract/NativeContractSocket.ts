import { setTimeout as delay } from 'node:timers/promises';
import type { Socket } from 'zeromq';
import type { Parts } from '../../src/basics/Parts.js';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import { isInproc, isIpv6 } from '../../src/driver/endpoints.js';
import { loadZeroMQ } from '../../src/native/loadZeroMQ.js';
import { watch } from '../../src/native/Monitor.js';
import { toBytes } from './bytes.js';
import { type ContractOptions, ContractSocket } from './ContractSocket.js';
import { authenticateBy, ioThreadTurn } from './nativeContext.js';

/** The socket types by libzmq's numbers. */
const TYPES: Readonly<Partial<Record<PatternType, number>>> = {
  pair: 0,
  pub: 1,
  sub: 2,
  req: 3,
  rep: 4,
  dealer: 5,
  router: 6,
  pull: 7,
  push: 8,
  xpub: 9,
  xsub: 10,
  stream: 11,
  server: 12,
  client: 13,
  radio: 14,
  dish: 15,
  gather: 16,
  scatter: 17,
  channel: 20,
};

/** Options of libzmq by number, so that those can be set that zeromq.js has no name for. */
const OPTION = {
  routingId: 5,
  subscribe: 6,
  unsubscribe: 7,
  linger: 17,
  reconnectInterval: 18,
  reconnectMaxInterval: 21,
  maxMessageSize: 22,
  sendHighWaterMark: 23,
  receiveHighWaterMark: 24,
  receiveTimeout: 27,
  sendTimeout: 28,
  mandatory: 33,
  immediate: 39,
  ipv6: 42,
  verbose: 40,
  plainServer: 44,
  plainUsername: 45,
  plainPassword: 46,
  curveServer: 47,
  curvePublicKey: 48,
  curveSecretKey: 49,
  curveServerKey: 50,
  probe: 51,
  correlate: 52,
  relaxed: 53,
  conflate: 54,
  zapDomain: 55,
  handover: 56,
  connectRoutingId: 61,
  handshakeInterval: 66,
  noDrop: 69,
  manual: 71,
  welcomeMessage: 72,
  streamNotify: 73,
  invertMatching: 74,
  heartbeatInterval: 75,
  heartbeatTimeToLive: 76,
  heartbeatTimeout: 77,
  verboser: 78,
  routerNotify: 97,
  manualLastValue: 98,
  onlyFirstSubscribe: 108,
  verboseUnsubscribe: 115,
} as const;

/** Those that are a number or a switch and are set as they are given. */
const PLAIN_OPTIONS = [
  'reconnectMaxInterval',
  'sendHighWaterMark',
  'receiveHighWaterMark',
  'mandatory',
  'immediate',
  'verbose',
  'probe',
  'correlate',
  'relaxed',
  'conflate',
  'handover',
  'handshakeInterval',
  'noDrop',
  'manual',
  'invertMatching',
  'heartbeatInterval',
  'heartbeatTimeToLive',
  'heartbeatTimeout',
  'verboser',
  'manualLastValue',
  'onlyFirstSubscribe',
  'verboseUnsubscribe',
] as const;

/** Once in some hundred times libzmq never closes a socket without linger whose peer has just broken off in mid-message. */
const PATIENCE_MS = 3000;

const NOTIFY = { none: 0, connect: 1, disconnect: 2, both: 3 } as const;

type PublicName =
  'bindSync' | 'unbind' | 'connect' | 'disconnect' | 'close' | 'closed' | 'readable' | 'lastEndpoint' | 'events';

/** The whole of zeromq.js's base class, whatever its types leave out. */
interface AnySocket extends Pick<Socket, PublicName> {
  send(parts: unknown, options?: object): Promise<void>;
  receive(): Promise<unknown[]>;
  join(group: string): void;
  leave(group: string): void;
  setInt32Option(option: number, value: number): void;
  setInt64Option(option: number, value: number): void;
  setStringOption(option: number, value: Buffer): void;
}

const { Socket: SocketClass } = await loadZeroMQ('these tests');
const AnySocketClass = SocketClass as unknown as new (type: number) => AnySocket;
/** A subclass, as the base class cannot be made. */
class Opened extends AnySocketClass {}

/**
 * libzmq hears what its threads have said, be it of a new peer or of the end of one, only when a socket is asked for
 * something. Programs do that all the time, and so does this.
 */
const openSockets = new Set<NativeContractSocket>();
const LOOK_AROUND_EVERY_MS = 2;
setInterval(() => openSockets.forEach((socket) => socket.lookAround()), LOOK_AROUND_EVERY_MS).unref();

/** A socket of zeromq.js, that is of libzmq. */
export class NativeContractSocket extends ContractSocket {
  override readonly driver = 'native';
  readonly #socket: AnySocket;
  #inproc = false;
  /** It receives, which keeps it looking around, or is in other hands. */
  #busy = false;
  #peers = 0;
  readonly #unbound = new Map<string, () => void>();
  readonly #gone: Promise<void>;

  /** Whether libzmq's type can be had through zeromq.js. */
  static has(type: PatternType): boolean {
    return TYPES[type] !== undefined;
  }

  constructor(type: PatternType, options: ContractOptions) {
    super(type, options);
    const socket = new Opened(TYPES[type]!);
    this.#socket = socket;
    this.#gone = new Promise((gone) => {
      void watch(socket.events, {
        status: (status) => this.log.add(status),
        peers: (count) => (this.#peers = count),
        unbound: (address) => this.#unbound.get(address)?.(),
        end: () => gone(),
      });
    });
    openSockets.add(this);
    try {
      this.#configure();
    } catch (error) {
      void this.close();
      throw error;
    }
  }

  override async bind(endpoint: string): Promise<string> {
    this.#meets(endpoint);
    this.#socket.bindSync(endpoint);
    const address = this.#socket.lastEndpoint ?? endpoint;
    this.log.add({ kind: 'listening', endpoint: address });
    return address;
  }

  override async unbind(endpoint: string): Promise<void> {
    const free = isInproc(endpoint) ? undefined : new Promise<void>((freed) => this.#unbound.set(endpoint, freed));
    this.#busy = true;
    try {
      await this.#socket.unbind(endpoint); // unbindSync of zeromq.js 6.8 binds
    } finally {
      this.#busy = false;
    }
    await free;
  }

  override connect(endpoint: string, { routingId }: { readonly routingId?: string } = {}): void {
    this.#meets(endpoint);
    if (routingId !== undefined) this.#setBytes('connectRoutingId', toBytes(routingId));
    this.#socket.connect(endpoint);
  }

  override disconnect(endpoint: string): void {
    this.#socket.disconnect(endpoint);
  }

  override subscribe(topic: string | Uint8Array): void {
    this.#setBytes('subscribe', toBytes(topic));
    this.lookAround();
  }

  override unsubscribe(topic: string | Uint8Array): void {
    this.#setBytes('unsubscribe', toBytes(topic));
    this.lookAround();
  }

  override join(group: string): void {
    this.#socket.join(group);
    this.lookAround();
  }

  override leave(group: string): void {
    this.#socket.leave(group);
    this.lookAround();
  }

  override async close(lingerMs = 0): Promise<void> {
    if (!this.#socket.closed) {
      this.#set('linger', lingerMs === Infinity ? -1 : lingerMs);
      this.#socket.close();
    }
    openSockets.delete(this);
    await (lingerMs === 0 ? Promise.race([this.#gone, delay(PATIENCE_MS, undefined, { ref: false })]) : this.#gone);
  }

  override async peers(count: number): Promise<void> {
    if (!this.#inproc) {
      await this.log.until(() => this.#peers === count, `${count} peers, there are ${this.#peers}`);
      // The event comes just before the pipe of the peer, and it takes both threads two words each to end one.
      for (let turn = 0; turn < 2; turn += 1) {
        await ioThreadTurn();
        this.lookAround();
      }
    }
    this.lookAround();
  }

  protected override async attempt(parts: Parts): Promise<boolean> {
    this.lookAround();
    this.#set('sendTimeout', 0);
    try {
      if (this.type === 'server') {
        const [id, ...rest] = parts;
        await this.#socket.send(rest, { routingId: new DataView(id!.buffer, id!.byteOffset).getUint32(0) });
      } else if (this.type === 'radio') {
        const [group, ...rest] = parts;
        await this.#socket.send(rest, { group: Buffer.from(group!) });
      } else {
        await this.#socket.send(parts);
      }
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'EAGAIN') return false;
      throw error;
    }
  }

  /** libzmq does not always say when there is room: at some marks it has to be tried. */
  protected override room(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, 1));
  }

  protected override async take(): Promise<Parts | undefined> {
    this.lookAround();
    return this.arrival(0);
  }

  protected override async arrival(ms: number): Promise<Parts | undefined> {
    const until = performance.now() + ms;
    this.#busy = true;
    try {
      for (let left = ms; ; left = Math.ceil(until - performance.now())) {
        const parts = await this.#receive(Math.max(0, left));
        if (parts !== undefined || left <= 0) return parts; // else what it woke up for was a message that it dropped itself
      }
    } finally {
      this.#busy = false;
    }
  }

  async #receive(ms: number): Promise<Parts | undefined> {
    this.#set('receiveTimeout', ms);
    try {
      return this.#fromLibzmq(await this.#socket.receive());
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
      return undefined;
    }
  }

  lookAround(): void {
    if (!this.#busy && !this.#socket.closed) void this.#socket.readable;
  }

  #meets(endpoint: string): void {
    this.#inproc ||= isInproc(endpoint);
    if (isIpv6(endpoint)) this.#set('ipv6', 1);
  }

  #fromLibzmq(received: unknown[]): Parts {
    if (this.type === 'server') {
      const [body, { routingId }] = received as [Uint8Array, { routingId: number }];
      const id = new Uint8Array(4);
      new DataView(id.buffer).setUint32(0, routingId);
      return [id, body];
    }
    if (this.type === 'dish') {
      const [body, { group }] = received as [Uint8Array, { group: Uint8Array }];
      return [group, body];
    }
    return received as Parts;
  }

  #configure(): void {
    const { options } = this;
    for (const name of PLAIN_OPTIONS) {
      const value = options[name];
      if (value !== undefined) this.#set(name, Number(value));
    }
    if (options.reconnectInterval !== undefined) this.#set('reconnectInterval', options.reconnectInterval || -1);
    if (options.maxMessageSize !== undefined) {
      this.#socket.setInt64Option(OPTION.maxMessageSize, options.maxMessageSize);
    }
    if (options.notify !== undefined) {
      if (this.type === 'stream') this.#set('streamNotify', options.notify === 'none' ? 0 : 1);
      else this.#set('routerNotify', NOTIFY[options.notify]);
    }
    if (options.routingId !== undefined) this.#setBytes('routingId', toBytes(options.routingId));
    if (options.welcomeMessage !== undefined) this.#setBytes('welcomeMessage', options.welcomeMessage);
    this.#secure();
  }

  #secure(): void {
    const { security } = this.options;
    if (security === undefined) return;
    if ('authenticate' in security && security.authenticate !== undefined) {
      this.#setBytes('zapDomain', toBytes(authenticateBy(security.authenticate)));
    }
    if (security.mechanism === 'plain') {
      if ('username' in security) {
        this.#setBytes('plainUsername', toBytes(security.username));
        this.#setBytes('plainPassword', toBytes(security.password));
      } else {
        this.#set('plainServer', 1);
      }
    } else if (security.mechanism === 'curve') {
      this.#setBytes('curveSecretKey', security.secretKey);
      if ('serverKey' in security) {
        this.#setBytes('curvePublicKey', security.publicKey);
        this.#setBytes('curveServerKey', security.serverKey);
      } else {
        this.#set('curveServer', 1);
      }
    }
  }

  #set(option: keyof typeof OPTION, value: number): void {
    this.#socket.setInt32Option(OPTION[option], value);
  }

  #setBytes(option: keyof typeof OPTION, value: Uint8Array): void {
    this.#socket.setStringOption(OPTION[option], Buffer.from(value));
  }
}
