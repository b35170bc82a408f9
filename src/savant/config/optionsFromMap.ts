import { OptionError } from '../../errors.js';
import { requireOption } from '../../options/requireOption.js';
import { isOneOf } from '../../options/rules.js';
import { closestName } from '../../basics/closestName.js';
import { describe } from '../../basics/describe.js';
import type { ReaderOptions } from './ReaderOptions.js';
import { isTopicPrefixSpec } from './topicPrefix.js';
import type { WriterOptions } from './WriterOptions.js';

/** A URL and options for `fromReader` and the other functions. */
export interface OptionsFromMap<Options> {
  readonly url: string;
  readonly options: Options;
}

/** An entry of a map: its option, and how to read its text. */
interface Entry {
  readonly option: string;
  /** `undefined`: it cannot be read. */
  readonly read: (text: string) => unknown;
  /** The expected value, for error texts. */
  readonly expected: string;
}

const wholeNumber = (option: string, scale = 1): Entry => ({
  option,
  read: (text) => (/^[+-]?\d+$/.test(text) ? Number(text) * scale : undefined),
  expected: 'a whole number',
});

const permissions: Entry = {
  option: 'fixIpcPermissions',
  read: (text) => (/^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined),
  expected: "permissions as octal digits, '777'",
};

const topicPrefixSpec: Entry = {
  option: 'topicPrefixSpec',
  read: (text) => (isTopicPrefixSpec(text) === undefined ? text : undefined),
  expected: "'none', 'source{...}' or 'prefix{...}'",
};

const url: Entry = { option: 'url', read: (text) => text, expected: 'a URL' };

const entries: Readonly<Record<'reader' | 'writer', Readonly<Record<string, Entry>>>> = {
  reader: {
    url,
    receive_timeout: wholeNumber('receiveTimeoutMs'),
    receive_hwm: wholeNumber('receiveHighWaterMark'),
    topic_prefix_spec: topicPrefixSpec,
    routing_ids_cache_size: wholeNumber('routingCacheSize'),
    fix_ipc_permissions: permissions,
    source_blacklist_size: wholeNumber('sourceBlacklistSize'),
    source_blacklist_ttl: wholeNumber('sourceBlacklistTtlMs', 1000),
  },
  writer: {
    url,
    send_timeout: wholeNumber('sendTimeoutMs'),
    send_retries: wholeNumber('sendRetries'),
    receive_timeout: wholeNumber('receiveTimeoutMs'),
    receive_retries: wholeNumber('receiveRetries'),
    send_hwm: wholeNumber('sendHighWaterMark'),
    receive_hwm: wholeNumber('receiveHighWaterMark'),
    fix_ipc_permissions: permissions,
  },
};

/**
 * Returns the URL and options of a map of texts, with the names of savant_rs in configurations. As in savant_rs, each can be set
 * only once: by the map, or by `given`. The function that takes the options checks ranges.
 *
 * @param map names and texts, as `with_map_config` of savant_rs takes them
 * @param given the URL and options that the map does not have
 * @param side whose options they are
 * @throws OptionError for an unknown name, a text that cannot be read, a missing URL, and an option that is set twice
 * @example
 * ```ts
 * const { url, options } = optionsFromMap('reader', { url: 'router+bind:tcp://*:5555', receive_timeout: '500' });
 * fromReader(url, options);
 * ```
 */
export function optionsFromMap(
  side: 'reader',
  map: Readonly<Record<string, string>>,
  given?: ReaderOptions & { readonly url?: string | undefined },
): OptionsFromMap<ReaderOptions>;
export function optionsFromMap(
  side: 'writer',
  map: Readonly<Record<string, string>>,
  given?: WriterOptions & { readonly url?: string | undefined },
): OptionsFromMap<WriterOptions>;
export function optionsFromMap(
  side: 'reader' | 'writer',
  map: Readonly<Record<string, string>>,
  given: object = {},
): OptionsFromMap<object> {
  requireOption('optionsFromMap', 'side', side, isOneOf('reader', 'writer'));
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw new OptionError('map', map, `optionsFromMap: the map must be an object of texts, got ${describe(map)}`);
  }
  const options: Record<string, unknown> = { ...given };
  for (const [name, text] of Object.entries(map)) {
    const { option, value } = read(entries[side], name, text);
    if (options[option] !== undefined) {
      throw new OptionError(name, text, `optionsFromMap: '${name}' is in the map, but ${option} is set already`);
    }
    options[option] = value;
  }
  const { url: where, ...rest } = options;
  if (where === undefined) {
    throw new OptionError(
      'url',
      undefined,
      "optionsFromMap: there is no URL; the map has no 'url', and none was given",
    );
  }
  return { url: where as string, options: rest };
}

function read(
  known: Readonly<Record<string, Entry>>,
  name: string,
  text: unknown,
): { readonly option: string; readonly value: unknown } {
  const entry = Object.hasOwn(known, name) ? known[name] : undefined;
  if (entry === undefined) {
    const meant = closestName(name, Object.keys(known));
    const hint = meant === undefined ? `it knows ${Object.keys(known).join(', ')}` : `did you mean '${meant}'?`;
    throw new OptionError(name, text, `optionsFromMap: unknown name '${name}'; ${hint}`);
  }
  const value = typeof text === 'string' ? entry.read(text) : undefined;
  if (value !== undefined) return { option: entry.option, value };
  const what = typeof text === 'string' ? describe(text) : `${describe(text)}, which is not a text`;
  throw new OptionError(name, text, `optionsFromMap: '${name}' must be ${entry.expected}, got ${what}`);
}
