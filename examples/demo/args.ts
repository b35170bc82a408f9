import { parseArgs } from 'node:util';
import { fromPull, toPush, type SampleType } from 'rxzmq';
import { sampleTypes } from '../../src/cli/signals/samples.js';

/** What the program is asked to do. `seconds` is how long; `undefined`: nobody said. */
export type Request =
  | { readonly mode: 'help' }
  | { readonly mode: 'demo'; readonly type: SampleType; readonly seconds: number | undefined }
  | { readonly mode: 'connect'; readonly endpoint: string; readonly seconds: number | undefined }
  | {
      readonly mode: 'web';
      /** Of a signal that is already there; `undefined`: a second process sends one. */
      readonly endpoint: string | undefined;
      readonly type: SampleType;
      readonly port: number;
      readonly seconds: number | undefined;
    }
  | {
      readonly mode: 'bind';
      readonly endpoint: string;
      readonly type: SampleType;
      readonly seconds: number | undefined;
    };

/** Arguments that make no sense, said so that the user can put them right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const anyPort = 'tcp://127.0.0.1:*';

export const help = `A signal, sent by one process and drawn by another: rxzmq over ZeroMQ on tcp.

usage: npm run demo -- [options]

  (no option)            send a signal from a second process and draw it here
  --connect <endpoint>   draw a signal that is already there: frames of any sample type from a PUSH socket
  --web                  show it in a browser instead: prints a link; with --connect for a signal that is already there
  --port <number>        with --web: the port of the page; any free port unless said otherwise
  --bind [endpoint]      only send, to whoever pulls; ${anyPort} (any free port) unless said otherwise
  --type <type>          samples to send: ${sampleTypes.join(', ')}
                         cf32 unless said otherwise, with --bind cf64 (doppler's Python reads ci32, cf64 and cf128)
  --seconds <number>     stop after that long; without a terminal the drawing stops after 5 seconds
  --help                 this text

Ctrl-C or q stops it. Colours follow NO_COLOR, FORCE_COLOR, COLORTERM and TERM.

examples:
  npm run demo
  npm run demo -- --bind tcp://127.0.0.1:5555 --type ci16
  npm run demo -- --connect tcp://127.0.0.1:5555
  npm run demo -- --web --connect tcp://127.0.0.1:5555
`;

/** Reads the command line, or throws a {@link UsageError}. */
export function parseRequest(args: readonly string[]): Request {
  const { connect, bind, type, seconds, web, port, help: wantsHelp } = parse(args);
  if (wantsHelp) return { mode: 'help' };
  if (connect !== undefined && bind !== undefined) throw new UsageError('--connect and --bind exclude each other');
  if (connect !== undefined && type !== undefined) {
    throw new UsageError('--type says what to send; --connect shows whatever comes');
  }
  const duration = seconds === undefined ? undefined : toSeconds(seconds);
  if (port !== undefined && web !== true) throw new UsageError('--port is for --web');
  if (web === true) {
    if (bind !== undefined) throw new UsageError('--web and --bind exclude each other');
    if (connect !== undefined) check('--connect', connect, () => fromPull(connect));
    return {
      mode: 'web',
      endpoint: connect,
      type: toType(type ?? 'cf32'),
      port: toPort(port ?? '0'),
      seconds: duration,
    };
  }
  if (connect !== undefined) {
    check('--connect', connect, () => fromPull(connect));
    return { mode: 'connect', endpoint: connect, seconds: duration };
  }
  if (bind !== undefined) {
    check('--bind', bind, () => toPush(bind));
    return { mode: 'bind', endpoint: bind, type: toType(type ?? 'cf64'), seconds: duration };
  }
  return { mode: 'demo', type: toType(type ?? 'cf32'), seconds: duration };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: withBindDefault(args),
      options: {
        connect: { type: 'string' },
        bind: { type: 'string' },
        type: { type: 'string' },
        seconds: { type: 'string' },
        web: { type: 'boolean' },
        port: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    // Node's own text is clear enough: it names the option.
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `parseArgs` knows no option with a value that may be left out. */
function withBindDefault(args: readonly string[]): string[] {
  return args.flatMap((arg, i) => {
    const bare = arg === '--bind' && (args[i + 1] === undefined || args[i + 1]!.startsWith('-'));
    return bare ? [arg, anyPort] : [arg];
  });
}

/** A source or a sink checks its endpoint when it is made, long before it opens a socket. */
function check(option: string, endpoint: string, make: () => unknown): void {
  if (endpoint.startsWith('inproc:')) throw new UsageError(`${option}: ${endpoint} ends where this process does`);
  try {
    make();
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

export function toType(text: string): SampleType {
  const type = sampleTypes.find((known) => known === text);
  if (!type) throw new UsageError(`--type must be one of ${sampleTypes.join(', ')}, not ${text}`);
  return type;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError(`--port must be a number up to 65535, not ${text}`);
  return port;
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  const longest = 2_000_000; // what a timer can hold, some 23 days
  if (text.trim() === '' || !(seconds > 0 && seconds <= longest)) {
    throw new UsageError(`--seconds must be a number above 0 and at most ${longest}, not ${text}`);
  }
  return seconds;
}
