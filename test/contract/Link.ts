import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import { nobodyAt } from '../helpers/nobodyAt.js';
import { Bench } from './Bench.js';
import type { ContractOptions, ContractSocket, DriverName } from './ContractSocket.js';
import type { ContractDriver } from './drivers.js';
import { freeUrl } from './webPlace.js';

/** `web`: WebSockets, through a gateway; only the engine has it. */
export type Transport = 'tcp' | 'ipc' | 'inproc' | 'web';

/** Two sides, the driver of each, the transport between them and who binds. */
export class Link {
  readonly title: string;
  readonly #left: Bench;
  readonly #right: Bench;
  readonly #bound = new WeakMap<ContractSocket, string>();

  constructor(
    left: ContractDriver,
    right: ContractDriver,
    readonly transport: Transport,
    readonly leftBinds: boolean,
  ) {
    this.#left = new Bench(left);
    this.#right = new Bench(right);
    this.title = leftBinds
      ? `${left.name} binds, ${right.name} connects, ${transport}`
      : `${left.name} connects, ${right.name} binds, ${transport}`;
  }

  get rightDriver(): DriverName {
    return this.#right.driver;
  }

  left(type: PatternType, options: ContractOptions = {}): ContractSocket {
    return this.#left.open(type, options);
  }

  right(type: PatternType, options: ContractOptions = {}): ContractSocket {
    return this.#right.open(type, options);
  }

  /** Joins a left to a right socket, as the link says, and comes back when both know of the other. */
  async join(left: ContractSocket, right: ContractSocket): Promise<void> {
    const peers = [left.log.peers + 1, right.log.peers + 1] as const;
    const [binding, connecting] = this.leftBinds ? [left, right] : [right, left];
    connecting.connect(await this.bind(binding));
    await left.peers(peers[0]);
    await right.peers(peers[1]);
  }

  /**
   * Comes back when all that these have sent lies with the receiver, unread. To know it they are closed: what they had to
   * deliver is before their end. On inproc it has arrived when `send` returns.
   */
  async arrived(receiver: ContractSocket, senders: readonly ContractSocket[]): Promise<void> {
    if (this.transport === 'inproc') return;
    const left = receiver.log.peers - senders.length;
    await Promise.all(senders.map((sender) => sender.close(Infinity)));
    await receiver.peers(left);
  }

  /** An endpoint that can be connected to, and to which something may be bound later. */
  vacant(): Promise<string> {
    return vacantEndpoint(this.transport);
  }

  /** The endpoint of the one that binds, which is bound if it is not yet. */
  async bind(socket: ContractSocket): Promise<string> {
    const endpoint = this.#bound.get(socket) ?? (await socket.bind(freeEndpoint(this.transport)));
    this.#bound.set(socket, endpoint);
    return endpoint;
  }
}

let folder: string | undefined;
let count = 0;

/** An endpoint to bind that no other has. */
export function freeEndpoint(transport: Transport): string {
  count += 1;
  if (transport === 'web') return freeUrl();
  if (transport === 'tcp') return 'tcp://127.0.0.1:*';
  return transport === 'inproc' ? `inproc://contract ${count}` : `ipc://${join(ipcFolder(), String(count))}`;
}

/** An endpoint with a real address that nobody is bound to. */
export async function vacantEndpoint(transport: Transport): Promise<string> {
  return transport === 'tcp' ? nobodyAt() : freeEndpoint(transport);
}

/** A folder of this test file. */
function ipcFolder(): string {
  return (folder ??= mkdtempSync(join(tmpdir(), 'contract-')));
}

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});
