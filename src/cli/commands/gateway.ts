import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Argument, type Command, Option } from 'commander';
import {
  concatMap,
  defer,
  EMPTY,
  finalize,
  forkJoin,
  map,
  NEVER,
  Observable,
  of,
  type Subject,
  switchMap,
  take,
  takeUntil,
} from 'rxjs';
import { type GatewayStatus, serve } from '../../gateway/index.js';
import type { SocketStatus } from '../../index.js';
import { literal } from '../code/literal.js';
import { object } from '../code/object.js';
import { joinImports } from '../code/Piece.js';
import { integer } from '../options/numbers.js';
import { addCodecOptions, type CodecArguments } from '../options/receiveOptions.js';
import { type Secret, secret, secretPiece } from '../options/secrets.js';
import { codecOf } from '../places/codecOf.js';
import { patient } from '../places/patient.js';
import { peerTypeOf } from '../places/peerTypeOf.js';
import { requireEndpoint } from '../places/placeOf.js';
import type { Context } from '../run/Context.js';
import { runToEnd } from '../run/runToEnd.js';
import { UsageError } from '../run/UsageError.js';
import { requireWs } from '../web/requireWs.js';
import { withNotes } from '../run/withNotes.js';
import { type CommonArguments, define, type Run } from './define.js';

interface Options extends CodecArguments {
  readonly port?: number;
  readonly host?: string;
  readonly origin?: readonly string[];
  readonly token?: Secret;
  readonly as?: PageSide;
}

type PageSide = 'sub' | 'pull' | 'push' | 'request';

interface Route {
  readonly path: string;
  readonly endpoint: string;
  readonly as: PageSide;
  /** Nobody said what is there: the side is assumed. */
  readonly isAssumed?: boolean;
}

const SIDES: Readonly<Record<string, PageSide>> = {
  PUB: 'sub',
  XPUB: 'sub',
  PUSH: 'pull',
  PULL: 'push',
  REP: 'request',
  ROUTER: 'request',
};
const DEFAULT_PORT = 8080;

/** `rxzmq gateway`: sockets for pages. */
export function gatewayCommand(run: Run): Command {
  return define<Options>(run, {
    name: 'gateway',
    summary: 'let web pages connect to sockets (needs the package ws)',
    arguments: [new Argument('<route...>', '/PATH=ENDPOINT, such as /iq=tcp://radio:5556')],
    json: 'what pages do, as JSON',
    examples: [
      'gateway /iq=tcp://radio:5556',
      'gateway /iq=tcp://radio:5556 /tune=tcp://radio:5557 --codec raw --port 9000',
      'gateway /iq=tcp://radio:5556 --host 0.0.0.0 --origin https://scope.example --token env:GATEWAY_TOKEN',
    ],
    options: (command) => {
      command
        .addOption(
          new Option('--port <n>', `the port (default: ${DEFAULT_PORT}; 0: any)`).argParser(
            integer('--port', 0, 65_535),
          ),
        )
        .addOption(new Option('--host <address>', 'the address to listen at (default: 127.0.0.1)'))
        .addOption(
          new Option(
            '--origin <origin>',
            'pages from there may connect; several times (default: pages of this machine)',
          ).argParser((text: string, before: readonly string[] | undefined) => [...(before ?? []), text]),
        )
        .addOption(
          new Option('--token <secret>', 'pages must send this token: env:NAME or file:PATH').argParser(
            secret('--token'),
          ),
        )
        .addOption(
          new Option('--as <side>', 'what pages do (default: what fits the peer)').choices([
            'sub',
            'pull',
            'push',
            'request',
          ]),
        );
      addCodecOptions(command);
    },
    act: (context, routes, options) => gateway(context, routes, options),
  });
}

function gateway(context: Context, texts: readonly string[], options: Options & CommonArguments): Promise<number> {
  const { output, stop } = context;
  const { host = '127.0.0.1', token } = options;
  if (!isLoopback(host) && token === undefined) {
    throw new UsageError(
      `--host ${host} can be reached by others: --token says where the token is that pages must send`,
    );
  }
  const routes = texts.map(parseRoute);
  const work = withNotes(output.note, (status) =>
    defer(() => requireWs(options.code === true)).pipe(
      switchMap(() => forkJoin(routes.map((route) => withSide(route, options, status)))),
      takeUntil(stop),
      switchMap((known) => {
        if (options.code === true) {
          output.line(programFor(known, options));
          return EMPTY;
        }
        return served(context, known, options, status).pipe(takeUntil(stop));
      }),
    ),
  );
  return runToEnd(work, context);
}

const isLoopback = (host: string): boolean => /^(127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host);

function parseRoute(text: string): { readonly path: string; readonly endpoint: string } {
  const [, path, endpoint] = /^(\/[^=]*)=(.+)$/.exec(text) ?? [];
  if (path === undefined || endpoint === undefined) {
    throw new UsageError(`a route is /PATH=ENDPOINT, such as /iq=tcp://radio:5556, not '${text}'`);
  }
  return { path, endpoint: requireEndpoint(endpoint, `the route ${path}`) };
}

function withSide(
  route: { readonly path: string; readonly endpoint: string },
  { as, code: isCode = false }: Options & CommonArguments,
  status: Subject<SocketStatus>,
): Observable<Route> {
  if (as !== undefined) return of({ ...route, as });
  return peerTypeOf(route.endpoint, {}, status).pipe(
    patient({ isCode }, '', ''),
    take(1),
    map((type) => {
      if (type === '') return { ...route, as: 'sub', isAssumed: true };
      const side = SIDES[type];
      if (side !== undefined) return { ...route, as: side };
      throw new UsageError(`${route.endpoint} is a ${type} socket, which pages cannot use through a gateway`);
    }),
  );
}

/** Serves until it is unsubscribed from; emits nothing. */
function served(
  { output }: Context,
  routes: readonly Route[],
  options: Options & CommonArguments,
  status: Subject<SocketStatus>,
): Observable<never> {
  const { port = DEFAULT_PORT, host = '127.0.0.1', origin, token } = options;
  const expected = token && secretPiece('--token', token).make();
  const server = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain' }).end('This is a gateway for WebSockets of rxzmq.\n');
  });
  const told = (event: GatewayStatus): void => {
    if (options.json === true)
      output.line(JSON.stringify(event, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one)));
    else output.note(`${event.kind} ${event.path}`);
  };
  const web = serve(server, {
    status: told,
    ...(origin && { origins: origin }),
    ...(expected !== undefined && { authenticate: ({ token: given }) => given === expected }),
  });
  return listening(server, port, host).pipe(
    concatMap((address) => {
      for (const { path, endpoint, as } of routes) {
        const { piece } = codecOf(options, endpoint);
        web.forward(path, endpoint, as, { status, ...(piece && { codec: piece.make() as never }) });
        output.line(`ws://${hostOf(host)}:${address.port}${path} -> ${endpoint} (${as})`);
      }
      return NEVER;
    }),
    finalize(() => {
      void web.close().finally(() => server.close());
    }),
  );
}

const hostOf = (host: string): string => (host.includes(':') ? `[${host}]` : host);

function listening(server: Server, port: number, host: string): Observable<AddressInfo> {
  return new Observable((out) => {
    server.once('error', (error) => out.error(error));
    server.listen(port, host, () => out.next(server.address() as AddressInfo));
  });
}

/** The same as a program. */
function programFor(
  routes: readonly Route[],
  { port = DEFAULT_PORT, host = '127.0.0.1', origin, token, ...given }: Options,
): string {
  const options = object({
    origins: origin && literal(origin),
    authenticate: token && authenticatePiece(token),
  });
  const forwards = routes.map(({ path, endpoint, as }) => {
    const { piece } = codecOf(given, endpoint);
    const more = piece ? `, { codec: ${piece.text} }` : '';
    return `web.forward(${literal(path).text}, ${literal(endpoint).text}, '${as}'${more});`;
  });
  const codecs = routes.map(({ endpoint }) => codecOf(given, endpoint).piece?.imports ?? {});
  const imports = joinImports([
    { 'node:http': ['createServer'] },
    options.imports,
    ...codecs,
    { 'rxzmq/gateway': ['serve'] },
  ]);
  return [
    '// rxzmq gateway',
    ...routes
      .filter(({ isAssumed }) => isAssumed)
      .map(
        ({ endpoint }) => `// nobody answered at ${endpoint}: if it is no PUB, its route needs another word than 'sub'`,
      ),
    ...Object.entries(imports).map(([module, names]) => `import { ${names.join(', ')} } from '${module}';`),
    '',
    'const server = createServer();',
    `const web = serve(server${options.text === '{}' ? '' : `, ${options.text}`});`,
    ...forwards,
    `server.listen(${port}, ${literal(host).text});`,
  ].join('\n');
}

function authenticatePiece(token: Secret) {
  const { text, imports } = secretPiece('--token', token);
  return { make: () => undefined, text: `({ token }) => token === (${text})`, imports };
}
