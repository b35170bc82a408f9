import { isEither, isInteger, type Rule, type Rules } from '../../options/rules.js';
import { socketRules, type SocketOptions } from '../../endpoints/SocketOptions.js';

/** Options of readers and writers: the URL has the side and type of the socket, and the high-water marks have other names. */
export interface SavantSocketOptions extends Omit<SocketOptions, 'bind' | 'highWaterMark' | 'status'> {
  /**
   * savant_rs: `fix_ipc_permissions`: the permissions of the file of a bound `ipc` endpoint; `false`: those of the system. Missing
   * folders are created in either case. Only for a side that binds. @default 0o777
   */
  readonly fixIpcPermissions?: number | false | undefined;
}

const isFalse: Rule = (value) => (value === false ? undefined : 'false');

const isPermissions: Rule = (value, at) =>
  isInteger(0, 0o7777)(value, at) === undefined ? undefined : 'permissions from 0 to 0o7777';

export const isProtocolVersion: Rule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : "a version such as '1.15.1', or 'any'";

/** The rules for {@link SavantSocketOptions}. */
export const savantRules: Rules = /* @__PURE__ */ rulesOfSavant();

function rulesOfSavant(): Rules {
  const { bind: _bind, highWaterMark: _highWaterMark, ...rules } = socketRules;
  return { ...rules, fixIpcPermissions: isEither(isFalse, isPermissions) };
}
