import { type Argument, Command, Option } from 'commander';
import type { Context } from '../run/Context.js';

/** Runs a command and remembers how it ended. */
export type Run = (options: CommonArguments, act: (context: Context) => Promise<number>) => Promise<void>;

/** Options of all commands. */
export interface CommonArguments {
  readonly json?: boolean;
  readonly code?: boolean;
  readonly quiet?: boolean;
}

/** A command. */
export interface Definition<O> {
  readonly name: string;
  readonly summary: string;
  readonly arguments: readonly Argument[];
  /** Three of them. */
  readonly examples: readonly string[];
  /** What `--json` does here; left out: there is no such option. */
  readonly json?: string;
  /** Whether `--code` prints a program. */
  readonly code?: boolean;
  readonly options: (command: Command) => unknown;
  readonly act: (context: Context, args: readonly string[], options: O & CommonArguments) => Promise<number>;
}

/** Makes a command. */
export function define<O>(run: Run, definition: Definition<O>): Command {
  const command = new Command(definition.name).summary(definition.summary).description(sentence(definition.summary));
  for (const argument of definition.arguments) command.addArgument(argument);
  definition.options(command);
  if (definition.json !== undefined) command.addOption(new Option('--json', definition.json));
  if (definition.code !== false) command.addOption(new Option('--code', 'print the same as a TypeScript program'));
  command.addOption(new Option('-q, --quiet', 'say nothing but results and errors'));
  command.addHelpText('after', examplesText(definition.name, definition.examples));
  return command.action(async () => {
    const options = command.opts<O & CommonArguments>();
    await run(options, (context) => definition.act(context, command.args, options));
  });
}

/** The summary as the first line of the help. */
function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
}

/** An example that does not begin with the command begins with another program, whose output the command takes. */
function examplesText(name: string, examples: readonly string[]): string {
  const lines = examples.map((line) => `  $ ${line.startsWith(`${name} `) ? 'rxzmq ' : ''}${line}`);
  return `\nExamples:\n${lines.join('\n')}\n`;
}
