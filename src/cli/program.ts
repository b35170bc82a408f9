import { Command, CommanderError } from 'commander';
import { completionCommand } from './commands/completion.js';
import type { Run } from './commands/define.js';
import { gatewayCommand } from './commands/gateway.js';
import { infoCommand } from './commands/info.js';
import { listenCommand } from './commands/listen.js';
import { recordCommand } from './commands/record.js';
import { relayCommand } from './commands/relay.js';
import { replayCommand } from './commands/replay.js';
import { scopeCommand } from './commands/scope.js';
import { sendCommand } from './commands/send.js';
import type { Context } from './run/Context.js';
import { describeError } from './run/describeError.js';
import { exitCodes } from './run/exitCodes.js';
import { Output } from './run/Output.js';

/** What the program needs of its process. */
export interface ProcessParts extends Pick<Context, 'stop' | 'env' | 'args'> {
  readonly stdout: ConstructorParameters<typeof Output>[0];
  readonly stderr: ConstructorParameters<typeof Output>[1];
  readonly version: string;
}

const HELP = `
Exit codes: 0 done, or stopped by Ctrl-C; 1 something failed, or nothing came;
2 a wrong command line; 130 stopped twice.
Colours follow NO_COLOR, FORCE_COLOR, COLORTERM and TERM.

Examples:
  $ rxzmq scope tcp://radio:5555
  $ rxzmq record tcp://radio:5555 evening --seconds 300
  $ rxzmq replay evening tcp://*:5556 --loop
`;

/** Runs the command line, and returns the exit code. */
export async function runProgram({ stdout, stderr, version, stop, env, args }: ProcessParts): Promise<number> {
  let exitCode: number = exitCodes.ok;
  let output = new Output(stdout, stderr);
  const run: Run = async ({ quiet = false }, act) => {
    output = new Output(stdout, stderr, quiet);
    exitCode = await act({ output, stop, env, args });
  };
  const program = new Command('rxzmq')
    .description('Signals and messages over ZeroMQ, NATS and WebSockets: look, record, replay, relay.')
    .version(version)
    .addHelpText('after', HELP);
  const commands: readonly Command[] = [
    ...[scopeCommand, listenCommand, infoCommand, recordCommand, replayCommand, sendCommand, relayCommand].map((make) =>
      make(run),
    ),
    gatewayCommand(run),
    completionCommand(run, () => commands),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, 'rxzmq: ')),
    });
    command.showHelpAfterError(`rxzmq ${command === program ? '' : `${command.name()} `}--help tells what there is`);
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (isReaderGone(error)) return exitCodes.ok; // `| head` takes what it wants and goes
    const verdict = describeError(error, args);
    for (const line of verdict.lines) output.error(line);
    return verdict.exitCode;
  }
}

/** Whether an error, or its cause, says that nobody reads the output any more. */
function isReaderGone(error: unknown): boolean {
  const { code, cause } = (error ?? {}) as { readonly code?: unknown; readonly cause?: { readonly code?: unknown } };
  return code === 'EPIPE' || cause?.code === 'EPIPE';
}
