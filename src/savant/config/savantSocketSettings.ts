import { OptionError } from '../../errors.js';
import type { Rules } from '../../options/rules.js';
import { socketDriver } from '../../platform/socketDriver.js';
import type { OpenSettings } from '../../driver/Driver.js';
import { describe } from '../../basics/describe.js';
import { socketSecurity } from '#platform';
import { commonSettings } from '../../endpoints/socketSettings.js';
import type { SavantSocketOptions } from './SavantSocketOptions.js';
import type { ReaderSocketType, SavantUrl, WriterSocketType } from './savantUrl.js';

/** The settings of the socket of a reader or writer. */
export interface SavantSocketSettings {
  readonly raw: OpenSettings;
  readonly bind: boolean;
  readonly endpoint: string;
  /** Of the file of an `ipc` endpoint; `undefined`: those of the system. */
  readonly permissions: number | undefined;
}

const DEFAULT_PERMISSIONS = 0o777;

/** Whether the endpoint is bound to a path, not to an abstract name. */
export function isSocketFile(endpoint: string): boolean {
  return endpoint.startsWith('ipc://') && !endpoint.startsWith('ipc://@');
}

/**
 * Checks the options that readers and writers have in common, and returns the settings of the socket.
 *
 * @throws OptionError, UnsupportedError
 */
export function savantSocketSettings(
  of: string,
  { bind, endpoint }: SavantUrl<ReaderSocketType | WriterSocketType>,
  options: SavantSocketOptions,
  rules: Rules,
  type: OpenSettings['type'],
): SavantSocketSettings {
  const common = commonSettings(of, options, rules);
  const { fixIpcPermissions } = options;
  if (fixIpcPermissions !== undefined && !bind) {
    const text = `${of}: option 'fixIpcPermissions' is for a URL that binds, got ${describe(fixIpcPermissions)} for ${describe(endpoint)}`;
    throw new OptionError('fixIpcPermissions', fixIpcPermissions, text);
  }
  const isFile = bind && isSocketFile(endpoint) && fixIpcPermissions !== false;
  return {
    raw: {
      ...common,
      ...socketSecurity(of, options.security, [endpoint], () => false),
      type,
      driver: socketDriver({ of, choice: options.driver ?? 'auto' }, [endpoint]),
      endpoints: [endpoint],
      bind: false, // the socket binds or connects when it is told to
      requiresPeer: false,
      options: {},
    },
    bind,
    endpoint,
    permissions: isFile ? (fixIpcPermissions ?? DEFAULT_PERMISSIONS) : undefined,
  };
}
