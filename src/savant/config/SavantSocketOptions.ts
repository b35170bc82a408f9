import { isEither, isInteger, type Rule, type Rules } from '../../options/rules.js';
import { socketRules, type SocketOptions } from '../../endpoints/SocketOptions.js';

/** What readers and writers take: side and type of the socket are said by the URL, the marks have names of their own. */
export interface SavantSocketOptions extends Omit<SocketOptions, 'bind' | 'highWaterMark' | 'status'> {
  /**
   * The permissions of the file that an `ipc` endpoint is bound to, `false`: as they come. Folders on the way to it are made in
   * either case. Only for a side that binds. savant_rs: `fix_ipc_permissions`. @default 0o777
   */
  readonly fixIpcPermissions?: number | false | undefined;
}

const isFalse: Rule = (value) => (value === false ? undefined : 'false');

const isPermissions: Rule = (value) =>
  isInteger(0, 0o7777)(value) === undefined ? undefined : 'permissions from 0 to 0o7777';

export const isProtocolVersion: Rule = (value) =>
  typeof value === 'string' && value !== '' ? undefined : "a version as '1.15.1', or 'any'";

const { bind: _bind, highWaterMark: _highWaterMark, ...rules } = socketRules;

/** The rules for {@link SavantSocketOptions}. */
export const savantRules: Rules = { ...rules, fixIpcPermissions: isEither(isFalse, isPermissions) };
