import { type Command, Option } from 'commander';
import { hertz, integer, MOST_SECONDS, positive } from './numbers.js';
import type { SecurityArguments } from './securityOptions.js';

export const codecNames = ['sigs', 'gnuradio', 'pmt', 'dpstream', 'raw', 'text', 'json'] as const;
export type CodecName = (typeof codecNames)[number];

export const sampleTypes = ['ci8', 'ci16', 'ci32', 'cf32', 'cf64', 'cf128'] as const;
export const itemTypes = ['ci8', 'ci16', 'ci32', 'cf32', 'cf64', 'u8', 'i8', 'i16', 'i32', 'f32'] as const;
export const iqFormats = ['ci8', 'cu8', 'ci16', 'ci32', 'cf32', 'cf64', 'wav'] as const;

/** What messages are. */
export interface CodecArguments {
  readonly codec?: CodecName;
  readonly type?: (typeof itemTypes)[number];
  readonly topic?: readonly string[];
  readonly rate?: number;
  readonly freq?: number;
}

/** What to receive or read, and how. */
export interface SourceArguments extends CodecArguments, SecurityArguments {
  readonly bind?: boolean;
  readonly sub?: boolean;
  readonly pull?: boolean;
  readonly stream?: number;
  readonly format?: (typeof iqFormats)[number];
  readonly gain?: number;
  readonly speed?: number;
  readonly loop?: boolean | number;
  readonly from?: string;
  readonly to?: string;
}

/** When to stop. */
export interface LimitArguments {
  readonly seconds?: number;
  readonly samples?: number;
  readonly count?: number;
}

const list = (text: string, before: readonly string[] | undefined): readonly string[] => [...(before ?? []), text];

/** Adds the options for the format of messages. */
export function addCodecOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--codec <name>', 'what messages are (default: sigs; dpstream on nats://)').choices([...codecNames]),
    )
    .addOption(new Option('--type <type>', 'gnuradio: type of the items').choices([...itemTypes]))
    .addOption(new Option('--rate <hz>', 'sample rate, if nothing else says it: 2.048M').argParser(hertz('--rate')))
    .addOption(new Option('--freq <hz>', 'centre frequency, if nothing else says it').argParser(hertz('--freq')));
}

/** Adds the options of everything that receives from an endpoint. */
export function addEndpointOptions(command: Command): Command {
  return addCodecOptions(command)
    .addOption(new Option('--bind', 'bind the endpoint instead of connecting to it'))
    .addOption(new Option('--sub', 'receive as SUB').conflicts('pull'))
    .addOption(new Option('--pull', 'receive as PULL (without these two, the peer says which)'))
    .addOption(
      new Option('--topic <text>', 'SUB: only messages that begin with it; may be given several times').argParser(list),
    )
    .addOption(
      new Option('--stream <id>', 'only frames of this stream').argParser(integer('--stream', 0, 2 ** 32 - 1)),
    );
}

/** Adds the options of everything that reads a file. */
export function addFileOptions(command: Command): Command {
  return command
    .addOption(new Option('--format <format>', 'format of a file without metadata').choices([...iqFormats]))
    .addOption(new Option('--speed <factor>', 'a file: that many times its rate').argParser(positive('--speed')))
    .addOption(new Option('--loop [times]', 'a file: again and again').argParser(integer('--loop', 1)))
    .addOption(new Option('--from <start>', 'a file: from this sample on, or time: 1000000, 2026-05-01T12:00:00Z'))
    .addOption(new Option('--to <end>', 'a file: up to this sample, or time'));
}

/** Adds the options that end a command by themselves. */
export function addLimitOptions(command: Command, what: 'frames' | 'messages'): Command {
  return command
    .addOption(new Option('--seconds <n>', 'end after so many seconds').argParser(positive('--seconds', MOST_SECONDS)))
    .addOption(new Option('--count <n>', `end after so many ${what}`).argParser(integer('--count', 1)));
}
