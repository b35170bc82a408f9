import { describe } from 'vitest';
import type { PatternType } from '../../src/driver/TypeOptions.js';
import { Bench } from './Bench.js';
import { type ContractDriver, drivers } from './drivers.js';
import { Link, type Transport } from './Link.js';

/** Which columns of the table a group of cases is run in. */
export interface Columns {
  /** The socket types that the cases open. A driver that lacks one has no column. */
  readonly types: readonly PatternType[];
  /** @default all four; inproc only where both ends are of one driver, web only between sockets of the engine */
  readonly transports?: readonly Transport[];
  /** Who binds. @default either in turn */
  readonly binds?: 'left' | 'right';
}

/** The wire of WebSockets has no groups, and no bytes outside messages. */
const NOT_OVER_WEB: ReadonlySet<PatternType> = new Set(['radio', 'dish', 'stream']);

/** Runs a group of cases between two sockets, on each driver and across, over each transport, either side binding. */
export function overLinks(
  { types, transports = ['tcp', 'ipc', 'inproc', 'web'], binds }: Columns,
  cases: (link: Link) => void,
): void {
  const drivers = driversWith(types);
  for (const left of drivers) {
    for (const right of drivers) {
      for (const transport of transports) {
        if (!canLink(transport, left, right, types)) continue;
        for (const leftBinds of [true, false]) {
          if (binds !== undefined && leftBinds !== (binds === 'left')) continue;
          const link = new Link(left, right, transport, leftBinds);
          describe(link.title, () => cases(link));
        }
      }
    }
  }
}

function canLink(
  transport: Transport,
  left: ContractDriver,
  right: ContractDriver,
  types: readonly PatternType[],
): boolean {
  if (transport === 'inproc') return left === right;
  if (transport !== 'web') return true;
  return left.name === 'engine' && right.name === 'engine' && !types.some((type) => NOT_OVER_WEB.has(type));
}

/** Runs a group of cases about sockets of one driver, as those against a peer that speaks by hand. */
export function overDrivers(types: readonly PatternType[], cases: (bench: Bench) => void): void {
  for (const driver of driversWith(types)) describe(driver.name, () => cases(new Bench(driver)));
}

function driversWith(types: readonly PatternType[]): ContractDriver[] {
  return drivers.filter((driver) => types.every((type) => driver.has(type)));
}
