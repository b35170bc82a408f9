import type { PatternType } from '../../src/driver/TypeOptions.js';
import type { ContractOptions, ContractSocket, DriverName } from './ContractSocket.js';
import { EngineContractSocket } from './EngineContractSocket.js';
import { NativeContractSocket } from './NativeContractSocket.js';

/** A driver under the contract. */
export interface ContractDriver {
  readonly name: DriverName;
  has(type: PatternType): boolean;
  open(type: PatternType, options: ContractOptions): ContractSocket;
}

const native: ContractDriver = {
  name: 'native',
  has: (type) => NativeContractSocket.has(type),
  open: (type, options) => new NativeContractSocket(type, options),
};

const engine: ContractDriver = {
  name: 'engine',
  has: () => true,
  open: (type, options) => new EngineContractSocket(type, options),
};

export const drivers: readonly ContractDriver[] = [native, engine];
