import type { SocketType } from '../driver/SocketSettings.js';
import { closeCodes, closeReason } from '../engine/web/closeCodes.js';
import type { WebClientHandle, WebClientListener } from '../engine/web/WebRoute.js';
import { LONGEST_DELAY_MS } from '../time/Clock.js';
import { Deadline } from '../time/Deadline.js';
import { askWho, type Answer } from './admission/askWho.js';
import type { ClientAddress } from './admission/clientAddress.js';
import { EXPIRED, judge, type Refusal } from './admission/judge.js';
import type { Offer } from './admission/readProtocols.js';
import type { ClientHost } from './ClientHost.js';
import type { GatewayRoute } from './GatewayRoute.js';
import { ignoreErrors, refuseUpgrade } from './http/refuseUpgrade.js';
import type { Upgrade } from './http/Upgrade.js';
import { NodeChannel } from './NodeChannel.js';

/** How long to wait until a refused client has received the reason, in ms. */
const FAREWELL_MS = 1000;

/** The request of a client. */
export interface Arrival {
  readonly upgrade: Upgrade;
  readonly route: GatewayRoute;
  readonly address: ClientAddress;
  readonly offer: Offer;
  readonly origin: string | undefined;
}

/** A client, from the first checks, when only its token and its hello are missing, to the end of its connection. */
export class Client implements WebClientListener {
  readonly peerAddress: string;
  stage: 'asking' | 'silent' = 'asking';
  readonly #host: ClientHost<Client>;
  readonly #arrival: Arrival;
  /** The time limit of `authenticate`, then of its token, or of its close. */
  readonly #deadline: Deadline;
  #channel: NodeChannel | undefined;
  #handle: WebClientHandle | undefined;
  /** Its hello was accepted. */
  #isPeer = false;
  /** It was refused, or it is gone: no more statuses are reported. */
  #isDone = false;
  /** It was closed before its hello, and is ended if it does not go. */
  #mustLeave = false;
  #userId: string | undefined;
  #expiresAt = Infinity;
  /** Frees its place among the clients of its user. */
  #leaveUser: () => void = () => undefined;

  constructor(host: ClientHost<Client>, arrival: Arrival) {
    this.#host = host;
    this.#arrival = arrival;
    this.peerAddress = arrival.address.key ?? arrival.address.address;
    this.#deadline = new Deadline(host.clock, () => this.#late());
  }

  /** Whether its hello was accepted. */
  get isPeer(): boolean {
    return this.#isPeer;
  }

  /** How much is queued in its WebSocket, in bytes. */
  get bufferedBytes(): number {
    return this.#channel?.bufferedBytes ?? 0;
  }

  begin(): void {
    const { upgrade, offer, address, origin } = this.#arrival;
    ignoreErrors(upgrade.socket);
    upgrade.socket.once('close', () => this.#gone());
    this.#deadline.set(this.#host.limits.handshakeTimeoutMs);
    const { authenticate } = this.#host;
    if (authenticate === undefined) this.#upgrade({ user: {} });
    else if (offer.fault !== undefined) this.#upgrade({ denied: offer.fault });
    else {
      const { 'sec-websocket-protocol': _, ...headers } = upgrade.request.headers;
      const { path } = upgrade;
      const who = { mechanism: 'web', token: offer.token, origin, address: address.address, path, headers } as const;
      askWho(authenticate, who, (answer) => this.#upgrade(answer));
    }
  }

  /** Closes it in favour of another client that has not sent its hello either. One that was refused already had its time. */
  makeWay(reason: string): void {
    if (this.#isDone) this.destroy();
    else if (this.stage === 'asking') this.#refuse(503, reason);
    else {
      this.#mustLeave = true;
      this.#deadline.set(FAREWELL_MS);
      this.#end(closeCodes.noHello, reason);
    }
  }

  /** The gateway closes: queued messages are sent first, and the client has `quietMs` to send what it has. */
  close(reason: string, quietMs: number): void {
    if (this.stage === 'asking') this.#refuse(503, reason);
    else this.#handle?.drain(closeCodes.goingAway, reason, quietMs);
  }

  /** Ends its connection now. */
  destroy(): void {
    if (this.#channel) this.#channel.destroy();
    else this.#arrival.upgrade.socket.destroy();
  }

  // Called by the socket at its path.

  refusal(): string | undefined {
    return this.#host.hasPlace ? undefined : 'the gateway has as many clients as it takes';
  }

  connected(type: SocketType): void {
    this.#isPeer = true;
    this.#host.shaken(this);
    this.#host.notify({ kind: 'connected', ...this.#who, socketType: type });
  }

  stalled(): void {
    this.#host.notify({ kind: 'stalled', ...this.#who });
  }

  resumed(): void {
    this.#host.notify({ kind: 'resumed', ...this.#who });
  }

  dropped(count: number, reason: string): void {
    this.#host.notify({ kind: 'dropped', ...this.#who, count, reason });
  }

  closed(code: number, reason: string): void {
    const wasDone = this.#isDone;
    this.#isDone = true;
    this.#deadline.close();
    if (wasDone) return;
    if (this.#isPeer) this.#host.notify({ kind: 'closed', ...this.#who, code, reason });
    else this.#tellRefused(code, reason);
  }

  get #who(): { readonly path: string; readonly address: string; readonly userId?: string } {
    const { upgrade, address } = this.#arrival;
    const who = { path: upgrade.path, address: address.address };
    return this.#userId === undefined ? who : { ...who, userId: this.#userId };
  }

  /** Authentication has succeeded or failed. The client learns either over a WebSocket, as a page cannot see an HTTP status. */
  #upgrade(answer: Answer): void {
    if (this.#isDone) return;
    const { upgrade, route } = this.#arrival;
    this.#host.upgrade(
      upgrade,
      route,
      (socket) => {
        const channel = new NodeChannel(socket);
        this.#channel = channel;
        if (this.#isDone) channel.destroy();
        else this.#enter(channel, answer);
      },
      (status, reason) => this.#refuse(status, reason),
    );
  }

  #enter(channel: NodeChannel, answer: Answer): void {
    const { upgrade, route, address, offer } = this.#arrival;
    const host = this.#host;
    const nowMs = Number(host.clock.wallNs() / 1_000_000n);
    if ('user' in answer) this.#userId = answer.user.userId;
    else if (address.key !== undefined) host.failed.add(address.key, offer.token ?? '');
    const refusal = judge(answer, offer, upgrade.path, nowMs) ?? this.#takePlace();
    if (refusal || !('user' in answer)) {
      this.#sendAway(channel, refusal!);
      return;
    }
    this.stage = 'silent';
    this.#expiresAt = answer.user.expiresAt ?? Infinity;
    this.#awaitExpiry();
    const { path } = upgrade;
    const { clientLimits: limits } = route;
    const { address: from } = address;
    this.#handle = route.socket?.accept({
      channel,
      path,
      address: from,
      userId: this.#userId,
      limits,
      budget: host.budget,
      listener: this,
    });
    if (this.#handle === undefined) this.#sendAway(channel, NOBODY);
  }

  /** Reserves a place among the clients of its user, if there is one. */
  #takePlace(): Refusal | undefined {
    if (this.#userId === undefined) return undefined;
    const { users, limits } = this.#host;
    const most = limits.maxClientsPerUser;
    if (users.of(this.#userId) >= most) {
      const told = 'too many clients of this user';
      return { code: closeCodes.tooMany, told, reason: `${told}: ${most} are there` };
    }
    this.#leaveUser = users.add(this.#userId);
    return undefined;
  }

  #awaitExpiry(): void {
    const leftMs = this.#expiresAt - Number(this.#host.clock.wallNs() / 1_000_000n);
    if (this.#expiresAt === Infinity) this.#deadline.clear();
    else if (leftMs > 0) this.#deadline.set(Math.min(leftMs, LONGEST_DELAY_MS));
    else this.#end(closeCodes.token, EXPIRED);
  }

  #late(): void {
    if (this.#isDone || this.#mustLeave) this.destroy();
    else if (this.stage === 'silent') this.#awaitExpiry();
    else this.#refuse(503, `authenticate took longer than ${this.#host.limits.handshakeTimeoutMs} ms`);
  }

  /** Closes a client that is connected to its socket. */
  #end(code: number, reason: string): void {
    this.#handle?.close(code, closeReason(reason));
  }

  /** Refuses the client before it has a WebSocket. */
  #refuse(status: number, reason: string): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#deadline.set(FAREWELL_MS);
    this.#tellRefused(status, reason);
    refuseUpgrade(this.#arrival.upgrade.socket, status, reason);
  }

  #sendAway(channel: NodeChannel, { code, told, reason }: Refusal): void {
    this.#isDone = true;
    this.#deadline.set(FAREWELL_MS);
    this.#tellRefused(code, reason);
    channel.open({ message: nothing, drained: nothing, closed: nothing });
    channel.close(code, closeReason(told));
  }

  #tellRefused(code: number, reason: string): void {
    const { origin } = this.#arrival;
    this.#host.notify({ kind: 'refused', ...this.#who, code, reason, ...(origin !== undefined && { origin }) });
  }

  /** Its connection has ended. */
  #gone(): void {
    this.#isDone ||= this.stage === 'asking';
    this.#deadline.close();
    this.#leaveUser();
    this.#host.left(this);
  }
}

const NOBODY: Refusal = {
  code: closeCodes.restarting,
  told: 'no socket is bound here now',
  reason: 'no socket is bound here now',
};

function nothing(): void {}
