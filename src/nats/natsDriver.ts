import { dpstream } from '../codecs/dpstream.js';
import { endOfStream, isEndOfStream } from '../dpstream/EndOfStream.js';
import type { Capabilities, Driver } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import type { EndpointType, SocketSettings } from '../driver/SocketSettings.js';
import { natsSettings } from './settings/natsSettings.js';
import type { LoadNats } from './NatsLibrary.js';
import { PubSocket } from './PubSocket.js';
import { PullSocket } from './PullSocket.js';
import { PushSocket } from './PushSocket.js';
import { ReplySocket } from './ReplySocket.js';
import { RequestSocket } from './RequestSocket.js';
import { SubSocket } from './SubSocket.js';

const capabilities: Capabilities = {
  copiesAtOnce: false,
  tellsReleased: true,
  tellsPeer: false,
  withdraws: false,
  countsLeftover: true,
  tellsLater: false,
  settles: true,
  confirms: true,
  runsInVirtualTime: false,
};

type SocketClass = new (settings: SocketSettings, load: LoadNats, listener: SocketListener) => Socket;

const classes: { readonly [T in EndpointType]: SocketClass } = {
  sub: SubSocket,
  pull: PullSocket,
  pub: PubSocket,
  push: PushSocket,
  dealer: RequestSocket,
  router: ReplySocket,
};

/**
 * Opens sockets over NATS, for sources and sinks, requests and replies.
 *
 * @param load loads the packages when the first one is opened
 */
export function natsDriver(load: LoadNats): Driver {
  return {
    name: 'nats',
    capabilities,
    codec: /* @__PURE__ */ dpstream(),
    endOfStream: { make: endOfStream, is: isEndOfStream },
    settings: natsSettings,
    open: (settings, listener) => new classes[settings.type as EndpointType](settings, load, listener),
  };
}
