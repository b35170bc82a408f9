import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { shared } from '../../basics/shared.js';
import { answerAsRequest } from './answerAsRequest.js';
import { refuseUpgrade } from './refuseUpgrade.js';
import { shield } from './shield.js';
import { pathOf, type Upgrade } from './Upgrade.js';
import type { WebServer } from './WebServer.js';

/** A gateway, as its servers see it. */
export interface UpgradeTaker {
  /** Whether the gateway has this path. */
  has(path: string): boolean;
  /** Handles an upgrade for one of its paths. */
  take(upgrade: Upgrade): void;
  /** Refuses an upgrade for a path that no gateway has. */
  refuseUnknown(upgrade: Upgrade): void;
}

const ofServers = shared('gatewayServers.1', new WeakMap<WebServer, ServerUpgrades>());

/**
 * The upgrades of one server: one listener for all its gateways, which handles only their paths. It stays when the gateways are closed:
 * a page that comes back then must get an answer, or it waits, and the server cannot close until it has given up.
 */
export class ServerUpgrades {
  readonly #server: WebServer;
  readonly #takers = new Set<UpgradeTaker>();

  private constructor(server: WebServer) {
    this.#server = server;
    server.prependListener('upgrade', this.#upgrade);
  }

  static of(server: WebServer): ServerUpgrades {
    const known = ofServers.get(server);
    if (known) return known;
    const upgrades = new ServerUpgrades(server);
    ofServers.set(server, upgrades);
    return upgrades;
  }

  /** Whether a gateway on this server has that path. */
  has(path: string): boolean {
    return this.#takerOf(path) !== undefined;
  }

  join(taker: UpgradeTaker): void {
    this.#takers.add(taker);
  }

  leave(taker: UpgradeTaker): void {
    this.#takers.delete(taker);
  }

  readonly #upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const path = pathOf(request.url);
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket';
    const upgrade: Upgrade = { request, socket, head, path };
    const taker = isWebSocket ? this.#takerOf(path) : undefined;
    if (taker) this.#take(taker, upgrade);
    else if (this.#server.listenerCount('upgrade') > 1)
      return; // it belongs to another listener
    else if (isWebSocket) this.#refuse(upgrade);
    else answerAsRequest(this.#server, request, socket);
  };

  #refuse(upgrade: Upgrade): void {
    for (const first of this.#takers) return first.refuseUnknown(upgrade);
    refuseUpgrade(upgrade.socket, 503, 'the gateway is closed');
  }

  /** Other listeners are called before this continues. */
  #take(taker: UpgradeTaker, upgrade: Upgrade): void {
    if (this.#server.listenerCount('upgrade') === 1) {
      taker.take(upgrade);
      return;
    }
    const unshield = shield(upgrade.socket);
    void Promise.resolve().then(() => {
      unshield();
      taker.take(upgrade);
    });
  }

  #takerOf(path: string): UpgradeTaker | undefined {
    for (const taker of this.#takers) if (taker.has(path)) return taker;
    return undefined;
  }
}
