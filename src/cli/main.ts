#!/usr/bin/env node
import { createRequire } from 'node:module';
import { runProgram } from './program.js';
import { describeError } from './run/describeError.js';
import { exitCodes } from './run/exitCodes.js';
import { stopSignal } from './run/stopSignal.js';

const args = process.argv.slice(2);
const { stdout, stderr, env } = process;

process.on('uncaughtException', (error) => {
  const { lines, exitCode } = describeError(error, args);
  for (const line of lines) stderr.write(`rxzmq: ${line}\n`);
  process.exit(exitCode);
});

const { version } = manifest();
const exitCode = await runProgram({ stdout, stderr, version, stop: stopSignal(), env, args });
process.exitCode = exitCode;
if (exitCode === exitCodes.forced) process.exit(); // whatever is left
process.stdin.unref?.(); // a terminal or a pipe that is still open is no reason to stay

/** The package that this belongs to: two folders up in a checkout, one in `dist`. */
function manifest(): { readonly version: string } {
  const require = createRequire(import.meta.url);
  try {
    return require('../package.json') as { readonly version: string };
  } catch {
    return require('../../package.json') as { readonly version: string };
  }
}
