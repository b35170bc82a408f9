import type { StreamPipe } from '../pipes/StreamPipe.js';
import { parseCommand } from '../zmtp/parseCommand.js';
import type { Heartbeat } from './Heartbeat.js';
import type { Outgoing } from './Outgoing.js';

/** Who does what the commands ask for. */
export interface Obedient {
  subscription(pipe: StreamPipe, topic: Uint8Array, on: boolean): void;
  membership(pipe: StreamPipe, group: Uint8Array, on: boolean): void;
}

/** What a peer says beside its messages, once its handshake is done. */
export class PeerCommands {
  readonly #pipe: StreamPipe;
  readonly #owner: Obedient;
  readonly #outgoing: Outgoing;
  readonly #refused: (reason: Uint8Array) => void;
  heartbeat: Heartbeat | undefined;

  /** @param refused called when the peer says why it takes no more */
  constructor(pipe: StreamPipe, owner: Obedient, outgoing: Outgoing, refused: (reason: Uint8Array) => void) {
    this.#pipe = pipe;
    this.#owner = owner;
    this.#outgoing = outgoing;
    this.#refused = refused;
  }

  /** @param isOver whether the connection has ended, by what was called just now */
  obey(body: Uint8Array, isOver: () => boolean): void {
    const command = parseCommand(body);
    const pipe = this.#pipe;
    switch (command?.kind) {
      case 'subscribe':
      case 'cancel':
        pipe.arrived(0); // what came before it is read before it
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
      default: // unknown ones are for later versions
    }
  }
}
