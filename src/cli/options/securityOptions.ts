import { type Command, Option } from 'commander';
import type { Fields } from '../code/object.js';
import { object } from '../code/object.js';
import { literal } from '../code/literal.js';
import type { Piece } from '../code/Piece.js';
import { UsageError } from '../run/UsageError.js';
import { type Secret, secret, secretPiece } from './secrets.js';

/** How a socket proves who it is. */
export interface SecurityArguments {
  readonly security?: 'plain' | 'curve';
  readonly serverKey?: string;
  readonly secretKey?: Secret;
  readonly username?: string;
  readonly password?: Secret;
  readonly token?: Secret;
  readonly nkey?: Secret;
  readonly credentials?: string;
}

const GROUP = 'Security (a SECRET is env:NAME or file:PATH):';

/** Adds the options of security. `prefix` tells those of a target from those of its source. */
export function addSecurityOptions(command: Command, prefix: '' | 'to-' = ''): Command {
  const whose = prefix === '' ? '' : ' of TARGET';
  const option = (flags: string, text: string): Option =>
    new Option(`--${prefix}${flags}`, text + whose).helpGroup(GROUP);
  const hidden = (flags: string, text: string): Option => secretOption(option(flags, text), `--${prefix}${flags}`);
  return command
    .addOption(option('security <mechanism>', 'mechanism').choices(['plain', 'curve']))
    .addOption(option('server-key <key>', 'CURVE: public key of the server'))
    .addOption(hidden('secret-key <secret>', 'CURVE: own secret key; without --server-key this is the server'))
    .addOption(option('username <name>', 'PLAIN and NATS: name'))
    .addOption(hidden('password <secret>', 'PLAIN and NATS: password'))
    .addOption(hidden('token <secret>', 'gateway and NATS: token'))
    .addOption(hidden('nkey <secret>', 'NATS: seed of an nkey'))
    .addOption(option('credentials <file>', 'NATS: credentials file'));
}

function secretOption(option: Option, flags: string): Option {
  return option.argParser(secret(flags.split(' ', 1)[0] ?? flags));
}

/** The options of a function of the library that these arguments are. @throws UsageError */
export function securityFields(endpoint: string, given: SecurityArguments, binds: boolean): Fields {
  const { security, token, nkey, credentials } = given;
  const isNats = endpoint.startsWith('nats');
  const strange = isNats ? given.security : undefined;
  if (strange !== undefined)
    throw new UsageError('--security is for ZeroMQ; NATS has --username, --token, --nkey and --credentials');
  if (isNats) {
    const nats: Fields = {
      token: token && secretPiece('--token', token),
      nkey: nkey && secretPiece('--nkey', nkey),
      credentials: credentials === undefined ? undefined : literal(credentials),
    };
    return Object.values(nats).some((field) => field !== undefined) ? { nats: object(nats) } : {};
  }
  for (const name of ['nkey', 'credentials'] as const) {
    if (given[name] !== undefined) throw new UsageError(`--${name} is for nats:// endpoints, not for ${endpoint}`);
  }
  return {
    security: zeromqSecurity(security, given, binds),
    token: token && secretPiece('--token', token),
  };
}

function zeromqSecurity(
  mechanism: SecurityArguments['security'],
  { serverKey, secretKey, username, password }: SecurityArguments,
  binds: boolean,
): Piece | undefined {
  if (mechanism === undefined) {
    const given = Object.entries({ 'server-key': serverKey, 'secret-key': secretKey, username, password });
    const [name] = given.find(([, value]) => value !== undefined) ?? [];
    if (name === undefined) return undefined;
    throw new UsageError(`--${name} needs --security ${name.endsWith('key') ? 'curve' : 'plain'}`);
  }
  const secretOf = (option: string, place: Secret | undefined): Piece<string> | undefined =>
    place && secretPiece(option, place);
  if (mechanism === 'curve') {
    if (serverKey === undefined && secretKey === undefined) {
      throw new UsageError('--security curve needs --server-key, or --secret-key if this is the server');
    }
    return object({
      mechanism: literal('curve'),
      serverKey: serverKey === undefined ? undefined : literal(serverKey),
      secretKey: secretOf('--secret-key', secretKey),
    });
  }
  if (username === undefined || password === undefined) {
    throw new UsageError('--security plain needs --username and --password');
  }
  const word = secretPiece('--password', password);
  if (!binds) return object({ mechanism: literal('plain'), username: literal(username), password: word });
  return object({ mechanism: literal('plain'), authenticate: plainCheck(username, word) });
}

/** The server of PLAIN: it lets in who knows name and password. */
function plainCheck(username: string, password: Piece<string>): Piece {
  return {
    make: () => {
      const expected = password.make();
      return (who: { readonly username?: string; readonly password?: string }) =>
        who.username === username && who.password === expected;
    },
    text: `(who) => who.username === ${literal(username).text} && who.password === (${password.text})`,
    imports: password.imports,
  };
}

/** The endpoint with the user of NATS in it, as the library takes it. */
export function endpointPiece(endpoint: string, { username, password }: SecurityArguments): Piece<string> {
  if (!endpoint.startsWith('nats') || username === undefined) return literal(endpoint);
  if (password === undefined) throw new UsageError('--username needs --password');
  const word = secretPiece('--password', password);
  const [scheme, rest] = endpoint.split('://') as [string, string];
  const name = encodeURIComponent(username);
  return {
    make: () => `${scheme}://${name}:${encodeURIComponent(word.make())}@${rest}`,
    text: `\`${scheme}://${name}:\${encodeURIComponent(${word.text})}@${rest}\``,
    imports: word.imports,
  };
}
