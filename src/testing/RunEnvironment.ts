import type { Subscription } from 'rxjs';
import { MemoryNetwork } from '../engine/carriers/memory/MemoryNetwork.js';
import { Flusher } from '../engine/context/Flusher.js';
import { InprocNames } from '../engine/context/InprocNames.js';
import { Loop } from '../engine/context/Loop.js';
import type { EngineSurroundings } from '../engine/EngineSurroundings.js';
import { inprocKind } from '../engine/inprocKind.js';
import { streamKind } from '../engine/streamKind.js';
import { MemoryChannels } from '../engine/web/memory/MemoryChannels.js';
import { WebRoutes } from '../engine/web/WebRoutes.js';
import { webKind } from '../engine/webKind.js';
import { VirtualTimeError } from '../errors.js';
import { isInproc } from '../driver/endpoints.js';
import type { OpenSettings } from '../driver/Driver.js';
import type { Socket, SocketListener } from '../driver/Socket.js';
import type { EndpointType } from '../driver/SocketSettings.js';
import type { OpenSocket, VirtualEnvironment } from '../platform/VirtualEnvironment.js';
import { VirtualClock } from './VirtualClock.js';
import { RemotePeer, type RemotePeerOwner, nameOf } from './RemotePeer.js';
import { sameEndpoint, withoutSource } from './sameEndpoint.js';
import type { VirtualScheduler } from './VirtualScheduler.js';

/** Options of the environment of a run. */
export interface EnvironmentOptions {
  readonly maxEvents: number;
  readonly latencyMs: number;
  readonly bufferBytes: number | undefined;
}

/** A socket of the code under test. */
interface Tracked {
  readonly name: string;
  readonly openedAt: number;
  readonly socket: Pick<Socket, 'close'>;
  closing: boolean;
}

/** An endpoint of the code under test that a far side can meet. */
interface Near {
  readonly type: EndpointType;
  /** Its names: as they were given, and where it listens. */
  readonly endpoints: readonly string[];
  readonly bind: boolean;
}

/** The environment of one run: its own names, network and clock, and everything that was opened in it. */
export class RunEnvironment implements VirtualEnvironment, RemotePeerOwner {
  readonly clock: VirtualClock;
  readonly context: EngineSurroundings;
  readonly network: MemoryNetwork;
  readonly #scheduler: VirtualScheduler;
  readonly #sockets = new Set<Tracked>();
  readonly #endpoints = new Set<string>();
  readonly #staged = new Set<string>();
  readonly #remotes: RemotePeer[] = [];
  readonly #near = new Set<Near>();
  readonly #ends: Subscription[] = [];
  #own = 0;
  #failure: Error | undefined;

  constructor(scheduler: VirtualScheduler, { maxEvents, latencyMs, bufferBytes }: EnvironmentOptions) {
    this.#scheduler = scheduler;
    this.clock = new VirtualClock(scheduler, maxEvents, () => this.left);
    this.network = new MemoryNetwork({ clock: this.clock, latencyMs, bufferBytes });
    const routes = new WebRoutes();
    this.context = {
      kinds: [inprocKind, webKind, streamKind],
      channels: new MemoryChannels({ clock: this.clock, routes, latencyMs }),
      routes,
      carriers: { tcp: this.network.tcp, ipc: this.network.ipc },
      inproc: new InprocNames(),
      loop: new Loop(),
      flusher: new Flusher(this.clock.soon),
      random: () => 0.5, // a reconnect comes exactly when its delay is over, without jitter
      loadCurve: () => {
        throw this.refusal('security with CURVE loads its primitives');
      },
    };
  }

  get frame(): number {
    return this.#scheduler.frame;
  }

  /** Why the run has failed, even if other code has caught the error. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** The endpoints of all sockets that have been opened. */
  get endpoints(): readonly string[] {
    return [...this.#endpoints];
  }

  /** Says that the diagram of a run tells when there is a peer at an endpoint. */
  stage(endpoint: string): void {
    this.#staged.add(endpoint);
  }

  isStaged(endpoint: string): boolean {
    for (const staged of this.#staged) if (sameEndpoint(staged, endpoint)) return true;
    return false;
  }

  refusal(what: string): Error {
    const error = new VirtualTimeError(`${what}: that cannot be had in virtual time`);
    this.#failure ??= error;
    return error;
  }

  fail(text: string): void {
    this.#failure ??= new VirtualTimeError(text);
  }

  asOwn(action: () => void): void {
    this.#own += 1;
    try {
      action();
    } finally {
      this.#own -= 1;
    }
  }

  open(settings: OpenSettings, listener: SocketListener, open: OpenSocket): Socket {
    if (settings.isEndpoint === true) return this.#openEndpoint(settings, listener, open);
    const socket = open(settings, listener);
    this.#track(`openSocket('${settings.type}') on ${socket.endpoint}`, socket, this.#own > 0);
    return socket;
  }

  #openEndpoint(settings: OpenSettings, listener: SocketListener, open: OpenSocket): Socket {
    const { endpoints, bind } = settings;
    const type = settings.type as EndpointType; // sources and sinks have no other types
    const name = `${nameOf(type)}('${endpoints.join("', '")}')`;
    if (settings.clock !== this.clock) {
      const outside = `${name} was called outside of this run; call what makes the pipeline within it`;
      throw !settings.driver.capabilities.runsInVirtualTime
        ? this.refusal(`${name}: driver '${settings.driver.name}'`)
        : this.refusal(outside);
    }
    const own = this.#own > 0;
    if (!own) this.#note(settings);
    const near: Near[] = [];
    const appear = (one: Near): void => {
      near.push(one);
      this.#near.add(one);
      for (const remote of this.#facing(one.endpoints)) this.#meet(remote, one);
    };
    if (!own && !bind) appear({ type, endpoints, bind });
    const socket = open(settings, {
      ...listener,
      readable: () => {
        this.clock.progress();
        listener.readable();
      },
      status: (status) => {
        listener.status(status);
        if (own) return;
        if (bind && status.kind === 'listening') appear({ type, endpoints: listening(endpoints, status), bind });
        if (status.kind === 'subscribed' && status.count > 0) this.#subscribed(settings, status.endpoint);
      },
      closed: (leftover) => {
        this.#sockets.delete(tracked);
        for (const one of near) this.#near.delete(one);
        listener.closed(leftover);
      },
    });
    const tracked = this.#track(name, socket, own);
    return socket;
  }

  /** The far side of an endpoint, which opens together with its near side; if that is open already, when its options are known. */
  remote(endpoint: string): RemotePeer {
    const known = this.#remotes.find((remote) => remote.endpoint === endpoint);
    if (known) return known;
    const remote = new RemotePeer(endpoint, this);
    this.#remotes.push(remote);
    this.#scheduler.schedule(() => this.meetOpen());
    return remote;
  }

  /** Far sides that were named after their near side has opened open now. */
  meetOpen(): void {
    for (const near of this.#near) for (const remote of this.#facing(near.endpoints)) this.#meet(remote, near);
  }

  get remotes(): readonly RemotePeer[] {
    return this.#remotes;
  }

  /** Ends with the run. */
  manage(subscription: Subscription): Subscription {
    this.#ends.push(subscription);
    return subscription;
  }

  /** Ends the run's own subscriptions. */
  endSubscriptions(): void {
    for (const end of this.#ends.splice(0)) end.unsubscribe();
  }

  endRemotePeers(): void {
    for (const remote of this.#remotes) remote.close();
  }

  /** The sockets that were left open, as text. */
  get left(): readonly string[] {
    return [...this.#sockets]
      .filter(({ closing }) => !closing)
      .map(({ name, openedAt }) => `${name}, opened at ${openedAt} ms`);
  }

  /** Ends everything, whatever state it is in. */
  destroy(): void {
    for (const action of [() => this.endSubscriptions(), () => this.endRemotePeers()]) {
      try {
        action();
      } catch {
        // the run has failed already
      }
    }
    for (const { socket } of [...this.#sockets]) socket.close(0);
    this.clock.finish();
  }

  #note({ endpoints }: OpenSettings): void {
    for (const endpoint of endpoints) this.#endpoints.add(endpoint);
  }

  #facing(endpoints: readonly string[]): readonly RemotePeer[] {
    return this.#remotes.filter((remote) => endpoints.some((endpoint) => sameEndpoint(remote.endpoint, endpoint)));
  }

  /** It connects to where the near side listens, or listens where that connects to. */
  #meet(remote: RemotePeer, { type, endpoints, bind }: Near): void {
    const at = bind ? endpoints[0]! : endpoints.find((endpoint) => sameEndpoint(remote.endpoint, endpoint));
    remote.meet(type, withoutSource(at ?? remote.endpoint), bind);
  }

  /** A publisher has its first subscriber: its messages before that had none. */
  #subscribed({ endpoints }: OpenSettings, endpoint: string): void {
    for (const remote of this.#facing([...endpoints, ...endpoint.split(', ')])) remote.subscribedAt ??= this.frame;
  }

  #track(name: string, socket: Pick<Socket, 'close'>, own: boolean): Tracked {
    const tracked: Tracked = { name, openedAt: this.frame, socket, closing: own };
    this.#sockets.add(tracked);
    const close = socket.close.bind(socket);
    socket.close = (lingerMs) => {
      tracked.closing = true;
      close(lingerMs);
    };
    return tracked;
  }

  /** Sets the state of the connections to an endpoint; `false`: inproc has no connections. */
  reach(endpoint: string, state: 'there' | 'gone' | 'silent'): boolean {
    if (isInproc(endpoint)) return false;
    for (const connection of this.network.connections()) {
      if (!sameEndpoint(endpoint, connection.endpoint)) continue;
      if (state === 'gone') connection.cut();
      else if (state === 'silent') connection.stall();
      else connection.release();
    }
    const target = endpoint.replace('://*:', '://localhost:');
    this.network.answer(target, ({ there: 'accept', gone: 'refuse', silent: 'silence' } as const)[state]);
    return true;
  }
}

/** The names of an endpoint that listens, its address first. With a wildcard port, the only endpoint that was given is the one. */
function listening(given: readonly string[], { endpoint }: { readonly endpoint: string }): readonly string[] {
  return [endpoint, ...(given.length === 1 ? given : given.filter((one) => sameEndpoint(one, endpoint)))];
}
