import { onTestFinished } from 'vitest';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import type { ContractOptions, ContractSocket, DriverName } from './ContractSocket.js';
import type { ContractDriver } from './drivers.js';

/** Opens sockets of one driver, each of which is closed at the end of its case. */
export class Bench {
  readonly #driver: ContractDriver;

  constructor(driver: ContractDriver) {
    this.#driver = driver;
  }

  get driver(): DriverName {
    return this.#driver.name;
  }

  open(type: PatternType, options: ContractOptions = {}): ContractSocket {
    const socket = this.#driver.open(type, options);
    closesAtTheEnd(socket);
    return socket;
  }
}

/** The sockets of the case that runs. */
let opened: ContractSocket[] = [];

/** All at once: on inproc some of libzmq's wait for each other. */
function closesAtTheEnd(socket: ContractSocket): void {
  if (opened.length === 0) {
    onTestFinished(async () => {
      const all = opened;
      opened = [];
      await Promise.all(all.map((each) => each.close()));
    });
  }
  opened.push(socket);
}
