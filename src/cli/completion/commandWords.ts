import type { Command, Option } from 'commander';

/** An option, for completion. */
export interface OptionWord {
  readonly flag: string;
  readonly text: string;
  readonly takesValue: boolean;
  /** The values that it can have; empty: any. */
  readonly choices: readonly string[];
}

/** A command, for completion. */
export interface CommandWord {
  readonly name: string;
  readonly text: string;
  readonly options: readonly OptionWord[];
  /** The values that its argument can have; empty: any, files among them. */
  readonly choices: readonly string[];
}

/** The words of all commands. */
export function commandWords(commands: readonly Command[]): CommandWord[] {
  return commands.map((command) => ({
    name: command.name(),
    text: command.summary(),
    options: [...command.options.map(optionWord), { flag: '--help', text: 'help', takesValue: false, choices: [] }],
    choices: [...(command.registeredArguments[0]?.argChoices ?? [])],
  }));
}

function optionWord({ long, short, description, required, optional, argChoices }: Option): OptionWord {
  return {
    flag: long ?? short ?? '',
    text: description,
    takesValue: required || optional,
    choices: [...(argChoices ?? [])],
  };
}
