import { describe } from '../../basics/describe.js';
import { EndpointError } from '../../errors.js';
import { withoutSecrets } from '../../driver/withoutSecrets.js';
import type { NatsSecrets, NatsSettings } from '../../driver/NatsSettings.js';
import type { EndpointType } from '../../driver/SocketSettings.js';

const DEFAULT_PORT = 4222;
const DEFAULT_BASE = 'default';

/** The servers and subject of a socket over NATS, and its user. */
export interface NatsPlace extends Pick<NatsSettings, 'servers' | 'base'> {
  /** The endpoints for display: without user and password. */
  readonly endpoints: readonly string[];
  readonly secrets: NatsSecrets;
}

interface One {
  readonly shown: string;
  readonly scheme: string;
  readonly server: string;
  readonly base: string;
  readonly secrets: NatsSecrets;
}

/**
 * Parses `nats://user:password@host:port/base`, or several endpoints of one cluster.
 *
 * @throws EndpointError, without anything that may be a secret
 */
export function parseNatsEndpoints(of: string, type: EndpointType, endpoints: unknown): NatsPlace {
  const list: unknown[] = Array.isArray(endpoints) ? [...(endpoints as unknown[])] : [endpoints];
  const all = list.map((endpoint) => parse(of, type, endpoint));
  const [first] = all as [One];
  for (const { shown, base, scheme, server } of all) {
    const refuse = (reason: string): never => {
      throw new EndpointError(shown, `${of}: endpoint ${describe(shown)} ${reason}`);
    };
    if (base !== first.base) refuse(`has the base '${base}', but ${describe(first.shown)} '${first.base}'`);
    if (scheme !== first.scheme) refuse(`is of another scheme than ${describe(first.shown)}`);
    if (all.filter((other) => other.server === server).length > 1) refuse('is given twice');
  }
  const secrets = all.map((one) => one.secrets).find((one) => one.user !== undefined || one.token !== undefined);
  return {
    servers: all.map(({ server }) => server),
    base: first.base,
    endpoints: all.map(({ shown }) => shown),
    secrets: secrets ?? {},
  };
}

function parse(of: string, type: EndpointType, endpoint: unknown): One {
  const text = typeof endpoint === 'string' ? withoutSecrets(endpoint) : endpoint;
  const refuse = (reason: string): never => {
    throw new EndpointError(text, `${of}: endpoint ${describe(text)} ${reason}`);
  };
  if (typeof endpoint !== 'string') return refuse('is not a string');
  const [, scheme, place = '', base = ''] = /^(nats(?:\+wss?)?):\/\/([^/]*)(?:\/(.*))?$/s.exec(endpoint) ?? [];
  if (scheme === undefined) return refuse('is no NATS endpoint, as those beside it are: all must be of one cluster');
  const at = place.lastIndexOf('@');
  const address = place.slice(at + 1);
  const [, host, port = String(DEFAULT_PORT)] = /^(\[[^[\]]+\]|[^:[\]\s?#@]+)(?::(\d+))?$/.exec(address) ?? [];
  if (host === undefined) return refuse("has no host and port; write it like 'nats://127.0.0.1:4222/base'");
  if (Number(port) < 1 || Number(port) > 65_535) return refuse(`has the port ${port}, which is none`);
  const fault = baseFault(base, type);
  if (fault !== undefined) return refuse(fault);
  const secrets = at < 0 ? {} : secretsOf(place.slice(0, at), () => refuse('has a user or password with a stray %'));
  const server = `${scheme.replace('nats+', '')}://${host}:${port}`;
  const shown = at < 0 ? endpoint : endpoint.replace(place.slice(0, at + 1), '');
  return { shown, scheme, server, base: base === '' ? DEFAULT_BASE : base, secrets };
}

/** Returns what is wrong with a base that the server would refuse or misunderstand. */
function baseFault(base: string, type: EndpointType): string | undefined {
  if (base === '') return undefined;

  if (/[\s\0-\x1f\x7f]/.test(base)) return 'has a base with a space or control character, which no subject has';
  if (/[*>]/.test(base)) return 'has a base with * or >, which stand for other subjects';
  if (base.split('.').includes('')) return 'has a base with an empty part between its dots';
  const isQueue = type === 'push' || type === 'pull';
  if (isQueue && /[/\\]/.test(base)) return 'has a base with / or \\, which no work queue can be named after';
  return undefined;
}

function secretsOf(text: string, refuse: () => never): NatsSecrets {
  const colon = text.indexOf(':');
  try {
    if (colon < 0) return { token: decodeURIComponent(text) };
    return { user: decodeURIComponent(text.slice(0, colon)), password: decodeURIComponent(text.slice(colon + 1)) };
  } catch {
    return refuse();
  }
}
