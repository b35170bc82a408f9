#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runProgram } from './program.js';
import { describeError } from './run/describeError.js';
import { exitCodes } from './run/exitCodes.js';
import { stopSignal } from './run/stopSignal.js';

const args = process.argv.slice(2);
const { stdout, stderr, env } = process;

process.on('uncaughtException', (error) => {
  failed(error);
  process.exit();
});

const { version } = manifest();
const stop = stopSignal();
const exitCode = await runProgram({ stdout, stderr, version, stop, env, args });
process.exitCode = exitCode;
// A command that writes and returns is over before it is known whether the results were written. One that failed has said why.
if (exitCode === exitCodes.ok) stop.subscribe({ error: failed });
if (exitCode === exitCodes.forced) process.exit(); // whatever is left
process.stdin.unref?.(); // a terminal or a pipe that is still open is no reason to stay

/** Says what happened, and ends as that does once everything else is done. */
function failed(error: unknown): void {
  const { lines, exitCode } = describeError(error, args);
  for (const line of lines) stderr.write(`rxzmq: ${line}\n`);
  process.exitCode = exitCode;
}

/** The package that this belongs to: two folders up in a checkout, one in `dist`. */
function manifest(): { readonly version: string } {
  const require = createRequire(import.meta.url);
  try {
    return require('../package.json') as { readonly version: string };
  } catch {
    return require('../../package.json') as { readonly version: string };
  }
}
