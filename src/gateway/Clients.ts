import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { callerContext } from '../basics/callerContext.js';
import { Handshakes } from '../engine/connections/Handshakes.js';
import { WebBudget } from '../engine/web/WebBudget.js';
import type { Clock } from '../time/Clock.js';
import { Linger } from '../time/Linger.js';
import type { HttpRefusal } from './Admission.js';
import type { AuthenticateWeb } from './admission/WebUser.js';
import { type Arrival, Client } from './Client.js';
import type { ClientHost, RefusedUpgrade } from './ClientHost.js';
import type { GatewayLimits } from './GatewayLimits.js';
import type { GatewayRoute } from './GatewayRoute.js';
import type { GatewayStatus } from './GatewayStatus.js';
import type { Upgrade } from './http/Upgrade.js';
import { Counts } from './limits/Counts.js';
import { FailedTokens } from './limits/FailedTokens.js';
import { loadWs } from './loadWs.js';

/** The longest time that clients have, when the gateway closes, to report that they have sent everything, in ms. */
const MOST_QUIET_MS = 10_000;

/** The common settings of all clients of a gateway. */
export interface ClientsSettings {
  readonly clock: Clock;
  readonly limits: GatewayLimits;
  readonly authenticate: AuthenticateWeb | undefined;
  readonly notify: (status: GatewayStatus) => void;
}

/** All clients of a gateway, and their common limits. */
export class Clients implements ClientHost<Client> {
  readonly clock: Clock;
  readonly limits: GatewayLimits;
  readonly authenticate: AuthenticateWeb | undefined;
  readonly notify: (status: GatewayStatus) => void;
  readonly budget: WebBudget;
  readonly failed: FailedTokens;
  readonly users = new Counts();
  readonly #byAddress = new Counts();
  /** Each client with the function that frees its place among those of its address. */
  readonly #present = new Map<Client, () => void>();
  readonly #handshakes = new Handshakes<Client>();
  #peers = 0;
  #onEmpty: (() => void) | undefined;

  constructor({ clock, limits, authenticate, notify }: ClientsSettings) {
    const context = callerContext();
    this.clock = clock;
    this.limits = limits;
    this.authenticate = authenticate && ((who) => context.runInAsyncScope(authenticate, undefined, who));
    this.notify = (status) => context.runInAsyncScope(notify, undefined, status);
    this.budget = new WebBudget(limits.maxBufferedBytes);
    this.failed = new FailedTokens(clock, limits.maxFailedTokens);
  }

  /** How many clients have sent their hello. */
  get peers(): number {
    return this.#peers;
  }

  get hasPlace(): boolean {
    return this.#peers < this.limits.maxClients;
  }

  /** Returns why no further client of that address is accepted now; `undefined`: it is accepted. */
  whyFull(address: string | undefined): HttpRefusal | undefined {
    const { maxClients, maxClientsPerAddress, maxFailedTokens } = this.limits;
    if (address !== undefined && this.failed.hasTooMany(address)) {
      return { status: 429, reason: `${maxFailedTokens} tokens of this address were refused within a minute` };
    }
    if (address !== undefined && this.#byAddress.of(address) >= maxClientsPerAddress) {
      return { status: 429, reason: `${maxClientsPerAddress} clients of this address are there` };
    }
    if (this.hasPlace) return undefined;
    return { status: 503, reason: `${maxClients} clients are there` };
  }

  /** Accepts a client that has passed the first checks; its token is checked next. */
  welcome(arrival: Arrival): void {
    const client = new Client(this, arrival);
    const { key } = arrival.address;
    const { maxHandshakes } = this.limits;
    this.#present.set(client, key === undefined ? () => undefined : this.#byAddress.add(key));
    this.#handshakes.add(client);
    if (this.#handshakes.size > maxHandshakes) this.#makeWay(`more than ${maxHandshakes} clients had not said hello`);
    client.begin();
  }

  upgrade(upgrade: Upgrade, route: GatewayRoute, done: (socket: WebSocket) => void, refused: RefusedUpgrade): void {
    void loadWs().then(
      (ws) => {
        const { request, socket, head } = upgrade;
        const server = route.server(ws);
        const strange = (error: Error, _stream: Duplex, of: IncomingMessage): void => {
          if (of === request) refused(400, error.message);
        };
        if (route.socket === undefined) {
          refused(503, 'no socket is bound at this path now');
          return;
        }
        server.once('wsClientError', strange);
        server.handleUpgrade(request, socket, head, done);
        server.off('wsClientError', strange);
      },
      (error: unknown) => refused(503, (error as Error).message),
    );
  }

  shaken(client: Client): void {
    this.#handshakes.delete(client);
    this.#peers += 1;
  }

  left(client: Client): void {
    this.#present.get(client)?.();
    this.#present.delete(client);
    if (client.isPeer) this.#peers -= 1;
    else this.#handshakes.delete(client);
    if (this.#present.size === 0) this.#onEmpty?.();
  }

  /** Closes all clients. It sends their queued messages first, as long as there is progress within the linger. */
  close(lingerMs: number, reason: string): Promise<void> {
    if (this.#present.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const destroyAll = (): void => {
        for (const client of [...this.#present.keys()]) client.destroy();
      };
      const linger = new Linger(
        this.clock,
        destroyAll,
        () => `${this.budget.bytes} ${this.#buffered} ${this.#present.size}`,
      );
      this.#onEmpty = () => {
        linger.stop();
        resolve();
      };
      const quietMs = Math.min(lingerMs / 2, MOST_QUIET_MS);
      for (const client of [...this.#present.keys()]) client.close(reason, quietMs);
      if (lingerMs === 0) destroyAll();
      else linger.start(lingerMs);
    });
  }

  #makeWay(reason: string): void {
    const client = this.#handshakes.expendable!;
    this.#handshakes.delete(client); // now: the next one must not be asked of the same client
    client.makeWay(reason);
  }

  get #buffered(): number {
    let bytes = 0;
    for (const client of this.#present.keys()) bytes += client.bufferedBytes;
    return bytes;
  }
}
