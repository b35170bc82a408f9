import { type Command, Option } from 'commander';
import { integer } from './numbers.js';
import { type CodecName, codecNames, type CodecArguments, type iqFormats } from './receiveOptions.js';
import type { SecurityArguments } from './securityOptions.js';

/** Where values go, and how. */
export interface TargetArguments extends CodecArguments, SecurityArguments {
  readonly connect?: boolean;
  readonly pub?: boolean;
  readonly wait?: number;
  readonly format?: (typeof iqFormats)[number];
  readonly overwrite?: boolean;
}

/** Adds the options of everything that sends to an endpoint. */
export function addTargetOptions(command: Command): Command {
  return command
    .addOption(new Option('--connect', 'connect to TARGET instead of binding it'))
    .addOption(new Option('--pub', 'send as PUB, to every subscriber (default: as PUSH, each frame to one peer)'))
    .addOption(
      new Option('--wait <n>', 'PUB: begin when so many have subscribed').argParser(integer('--wait', 0, 1_000_000)),
    );
}

/** Adds the options for the messages of a target that has a source beside it. */
export function addTargetCodecOption(command: Command): Command {
  return command.addOption(
    new Option('--to-codec <name>', 'what messages to TARGET are (default: as those of SOURCE)').choices([
      ...codecNames,
    ]),
  );
}

/** The arguments of a target whose options begin with `to-`. */
export function targetArguments(given: Readonly<Record<string, unknown>>): TargetArguments {
  const own: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const [, first, rest = ''] = /^to([A-Z])(.*)$/.exec(name) ?? [];
    if (first !== undefined) own[first.toLowerCase() + rest] = value;
  }
  const { connect, pub, wait, overwrite } = given as TargetArguments;
  return { connect, pub, wait, overwrite, ...own } as TargetArguments & { readonly codec?: CodecName };
}
