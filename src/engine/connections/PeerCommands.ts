import type { StreamPipe } from '../pipes/StreamPipe.js';
import { parseCommand } from '../zmtp/parseCommand.js';
import type { Heartbeat } from './Heartbeat.js';
import type { Outgoing } from './Outgoing.js';

/** Applies subscriptions and groups. */
export interface Obedient {
  subscription(pipe: StreamPipe, topic: Uint8Array, on: boolean): void;
  membership(pipe: StreamPipe, group: Uint8Array, on: boolean): void;
}

/** Obeys the commands of a peer after its handshake. */
export class PeerCommands {
  readonly #pipe: StreamPipe;
  readonly #owner: Obedient;
  readonly #outgoing: Outgoing;
  readonly #refused: (reason: Uint8Array) => void;
  heartbeat: Heartbeat | undefined;

  /** @param refused called when the peer sends an ERROR: it accepts nothing more */
  constructor(pipe: StreamPipe, owner: Obedient, outgoing: Outgoing, refused: (reason: Uint8Array) => void) {
    this.#pipe = pipe;
    this.#owner = owner;
    this.#outgoing = outgoing;
    this.#refused = refused;
  }

  /** @param isOver whether the last call has ended the connection */
  obey(body: Uint8Array, isOver: () => boolean): void {
    const command = parseCommand(body);
    const pipe = this.#pipe;
    switch (command?.kind) {
      case 'subscribe':
      case 'cancel':
        pipe.arrived(0); // messages that arrived before it are read before it
        if (!isOver()) this.#owner.subscription(pipe, command.topic, command.kind === 'subscribe');
        break;
      case 'join':
      case 'leave':
        this.#owner.membership(pipe, command.group, command.kind === 'join');
        break;
      case 'ping':
        this.heartbeat?.pinged(command.ttlMs);
        this.#outgoing.pong(command.context.slice());
        break;
      case 'pong':
        this.heartbeat?.ponged();
        break;
      case 'error':
        pipe.arrived(0);
        if (!isOver()) this.#refused(command.reason);
        break;
      default: // an unknown command may come from a later version
    }
  }
}
