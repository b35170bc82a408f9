import { Dealer, Publisher, Pull, Push, Reply, Request, Router, Subscriber } from 'zeromq';
import { EngineEnd, type EndSettings } from './EngineEnd.js';

/** Socket types that both drivers have. */
export type SideType = 'push' | 'pull' | 'pub' | 'sub' | 'dealer' | 'router' | 'req' | 'rep';
type Hears = (parts: readonly Uint8Array[], from: number | undefined) => void;

/** One end of a history, of either driver. */
export interface Side {
  bind(endpoint: string): Promise<string>;
  connect(endpoint: string): void;
  /** Waits for room. */
  send(...parts: readonly (string | Uint8Array)[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens one. A SUB wants everything. */
export type OpenSide = (type: SideType, hears?: Hears) => Side;

const SOON: EndSettings = { reconnect: { initialMs: 2, maxMs: 20 } };

export const openEngineSide: OpenSide = (type, hears) => {
  const options = type === 'req' ? { relaxed: true, correlate: true } : {};
  const end: EngineEnd = new EngineEnd(type, { ...SOON, options }, hears && ((parts) => hears(parts, end.socket.from)));
  if (type === 'sub') end.socket.subscribe(new Uint8Array());
  return {
    bind: (endpoint) => end.bind(endpoint),
    connect: (endpoint) => end.socket.connect(endpoint),
    send: (...parts) => end.send(...parts),
    close: () => end.close(),
  };
};

export const openNativeSide: OpenSide = (type, hears) => {
  const socket = nativeSocket(type);
  if (socket instanceof Subscriber) socket.subscribe();
  let heard: Promise<void> | undefined;
  if (hears && !(socket instanceof Request)) heard = hearAll(socket as Pull, hears);
  return {
    bind: async (endpoint) => {
      await socket.bind(endpoint);
      return socket.lastEndpoint!;
    },
    connect: (endpoint) => socket.connect(endpoint),
    send: async (...parts) => {
      await sendAll(socket as Push, [...parts] as (string | Buffer)[]);
      if (hears && socket instanceof Request) heard ??= hearReply(socket, hears).finally(() => (heard = undefined));
    },
    close: async () => {
      socket.close();
      await heard;
    },
  };
};

function nativeSocket(type: SideType) {
  const options = { linger: 0, reconnectInterval: 5, reconnectMaxInterval: 20 };
  switch (type) {
    case 'push':
      return new Push(options);
    case 'pull':
      return new Pull(options);
    case 'pub':
      return new Publisher(options);
    case 'sub':
      return new Subscriber(options);
    case 'dealer':
      return new Dealer(options);
    case 'router':
      return new Router(options);
    case 'req':
      return new Request({ ...options, relaxed: true, correlate: true });
    case 'rep':
      return new Reply(options);
  }
}

/** Again when the peer went between zeromq.js's look for room and its send: that is EAGAIN, and nothing was taken. */
async function sendAll(socket: Push, parts: (string | Buffer)[]): Promise<void> {
  for (;;) {
    try {
      return await socket.send(parts);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN' || socket.closed) throw error;
    }
  }
}

async function hearAll(socket: Pull, hears: Hears): Promise<void> {
  for await (const parts of socket) hears(parts, undefined);
}

/** It can only be asked for once there is a request. */
async function hearReply(socket: Request, hears: Hears): Promise<void> {
  try {
    hears(await socket.receive(), undefined);
  } catch (error) {
    if (!socket.closed) throw error;
  }
}
