import { warn } from '../basics/warn.js';
import type { Endpoints } from '../driver/endpoints.js';
import { nextGatewayName, threadRoutes } from '../engine/web/threadRoutes.js';
import type { WebHost } from '../engine/web/WebRoutes.js';
import { describe } from '../basics/describe.js';
import { OptionError, SocketError } from '../errors.js';
import { checkOptions } from '../options/rules.js';
import { defaultClock } from '../rx/defaultClock.js';
import { notifier } from '../rx/notifier.js';
import { Admission, type HttpRefusal, type Visitor } from './Admission.js';
import { Clients } from './Clients.js';
import type { Closeable, ForwardOptions, PageSide } from './forward/ForwardOptions.js';
import { OpenForward } from './forward/OpenForward.js';
import { startForward } from './forward/startForward.js';
import type { Gateway } from './Gateway.js';
import { defaultLimits, type GatewayLimits, withLimits } from './GatewayLimits.js';
import { routeRules, type GatewayOptions, type RouteOptions } from './GatewayOptions.js';
import { GatewayRoute } from './GatewayRoute.js';
import type { GatewayStatus } from './GatewayStatus.js';
import { refuseUpgrade } from './http/refuseUpgrade.js';
import { ServerUpgrades, type UpgradeTaker } from './http/ServerUpgrades.js';
import type { Upgrade } from './http/Upgrade.js';
import type { WebServer } from './http/WebServer.js';
import { loadWs } from './loadWs.js';
import { requirePath, shortPath } from './paths.js';
import { untilRead } from './untilRead.js';

const CLOSES = 'the gateway closes';

/** The gateway that `serve` returns. */
export class ServedGateway implements Gateway, UpgradeTaker, WebHost {
  readonly #name = nextGatewayName();
  readonly #servers: readonly ServerUpgrades[];
  readonly #admission: Admission;
  readonly #clients: Clients;
  readonly #routes = new Map<string, GatewayRoute>();
  readonly #forwards = new Set<Closeable>();
  readonly #lingerMs: number;
  readonly #notify: (status: GatewayStatus) => void;
  #closed: Promise<void> | undefined;

  constructor(servers: readonly WebServer[], options: GatewayOptions) {
    const { authenticate, lingerMs = 1000 } = options;
    this.#lingerMs = lingerMs;
    this.#notify = reporter(options);
    this.#admission = new Admission(options);
    const limits = withLimits(defaultLimits, options.limits);
    requireSilence(limits);
    this.#clients = new Clients({ clock: defaultClock, limits, authenticate, notify: this.#notify });
    this.#servers = servers.map((server) => ServerUpgrades.of(server));
    for (const server of this.#servers) server.join(this);
    threadRoutes.host(this.#name, this);
  }

  get clients(): number {
    return this.#clients.peers;
  }

  at(path: string, options: RouteOptions = {}): string {
    return this.#open('at', path, options);
  }

  forward(path: string, endpoints: Endpoints, as: PageSide, options: ForwardOptions = {}): Closeable {
    const web = this.#open('forward', path, {});
    try {
      const forward = new OpenForward(startForward(path, web, endpoints, as, options), () => {
        this.#forwards.delete(forward);
        this.#routes.delete(path);
      });
      this.#forwards.add(forward);
      return forward;
    } catch (error) {
      this.#routes.delete(path); // nothing was opened
      throw error;
    }
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  has(path: string): boolean {
    return this.#routes.has(path);
  }

  whenReady(endpoint: string, then: (failure?: Error) => void): void {
    if (!this.has(endpoint.slice(this.#name.length))) then(new Error('this path is not open: at(path) opens it'));
    else void loadWs().then(() => then(), then);
  }

  take(upgrade: Upgrade): void {
    const visitor = this.#admission.visitor(upgrade);
    const route = this.#routes.get(upgrade.path)!;
    const refusal = visitor.refusal ?? this.#whyNotNow(route, visitor);
    if (refusal) this.#refuse(upgrade, visitor, refusal);
    else this.#clients.welcome({ ...visitor, upgrade, route });
  }

  refuseUnknown(upgrade: Upgrade): void {
    const visitor = this.#admission.visitor(upgrade);
    this.#refuse(upgrade, visitor, visitor.refusal ?? { status: 404, reason: 'no gateway has this path' });
  }

  #whyNotNow(route: GatewayRoute, { address }: Visitor): HttpRefusal | undefined {
    if (this.#closed) return { status: 503, reason: CLOSES }; // since the request arrived
    if (route.socket === undefined) return { status: 503, reason: 'no socket is bound at this path now' };
    return this.#clients.whyFull(address.key);
  }

  #refuse({ socket, path }: Upgrade, { address, origin }: Visitor, { status, reason }: HttpRefusal): void {
    refuseUpgrade(socket, status, reason);
    const who = {
      path: shortPath(path),
      address: address.address,
      ...(origin !== undefined && { origin: shortPath(origin) }),
    };
    this.#notify({ kind: 'refused', ...who, code: status, reason });
  }

  #open(of: string, path: string, options: RouteOptions): string {
    requirePath(of, path);
    checkOptions(of, options, routeRules);
    if (this.#closed) throw new SocketError('bind', path, 'the gateway is closed');
    if (this.#servers.some((server) => server.has(path))) {
      throw new OptionError('path', path, `${of}: path ${describe(path)} is open already, at a gateway of this server`);
    }
    const endpoint = this.#name + path;
    const limits = withLimits<GatewayLimits>(this.#clients.limits, options.limits);
    this.#routes.set(path, new GatewayRoute(path, endpoint, limits));
    return endpoint;
  }

  /** How many messages of clients that are gone were not read yet. */
  get #unread(): number {
    let messages = 0;
    for (const { socket } of this.#routes.values()) messages += socket?.unread ?? 0;
    return messages;
  }

  async #close(): Promise<void> {
    for (const server of this.#servers) server.leave(this);
    threadRoutes.host(this.#name, undefined);
    await this.#clients.close(this.#lingerMs, CLOSES);
    await untilRead(defaultClock, this.#lingerMs, () => this.#unread);
    await Promise.all([...this.#forwards].map((forward) => forward.close()));
  }
}

/** A client may be silent until it is pinged: if it counted as gone before that, each quiet one would be closed again and again. */
function requireSilence({ pingMs, goneMs }: GatewayLimits): void {
  if (goneMs > pingMs) return;
  const text = `serve: option 'limits.goneMs' must be more than 'limits.pingMs' (${pingMs}), got ${goneMs}`;
  throw new OptionError('limits.goneMs', goneMs, text);
}

/** Calls the observer of the option. Its first exception is logged as a warning; further ones are ignored. */
function reporter({ status: observer }: GatewayOptions): (status: GatewayStatus) => void {
  const notify = notifier(observer);
  let hasThrown = false;
  return (status) => {
    try {
      notify?.(status);
    } catch (error) {
      if (!hasThrown) warn(`the observer of option 'status' of serve threw on '${status.kind}': ${String(error)}`);
      hasThrown = true;
    }
  };
}
