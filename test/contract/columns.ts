import { describe } from 'vitest';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import { Bench } from './Bench.js';
import { type ContractDriver, drivers } from './drivers.js';
import { Link, type Transport } from './Link.js';

/** Which columns of the table a group of cases is run in. */
export interface Columns {
  /** The socket types that the cases open. A driver that lacks one has no column. */
  readonly types: readonly PatternType[];
  /** @default all three; inproc only where both ends are of one driver */
  readonly transports?: readonly Transport[];
  /** Who binds. @default either in turn */
  readonly binds?: 'left' | 'right';
}

/** Runs a group of cases between two sockets, on each driver and across, over each transport, either side binding. */
export function overLinks(
  { types, transports = ['tcp', 'ipc', 'inproc'], binds }: Columns,
  cases: (link: Link) => void,
): void {
  const drivers = driversWith(types);
  for (const left of drivers) {
    for (const right of drivers) {
      for (const transport of transports) {
        if (transport === 'inproc' && left !== right) continue;
        for (const leftBinds of [true, false]) {
          if (binds !== undefined && leftBinds !== (binds === 'left')) continue;
          const link = new Link(left, right, transport, leftBinds);
          describe(link.title, () => cases(link));
        }
      }
    }
  }
}

/** Runs a group of cases about sockets of one driver, as those against a peer that speaks by hand. */
export function overDrivers(types: readonly PatternType[], cases: (bench: Bench) => void): void {
  for (const driver of driversWith(types)) describe(driver.name, () => cases(new Bench(driver)));
}

function driversWith(types: readonly PatternType[]): ContractDriver[] {
  return drivers.filter((driver) => types.every((type) => driver.has(type)));
}
