import { Argument, type Command } from 'commander';
import { bashScript } from '../completion/bashScript.js';
import { commandWords } from '../completion/commandWords.js';
import { zshScript } from '../completion/zshScript.js';
import { exitCodes } from '../run/exitCodes.js';
import { define, type Run } from './define.js';

/** `rxzmq completion`: what a shell completes. `all` gives the commands, once they are all there. */
export function completionCommand(run: Run, all: () => readonly Command[]): Command {
  return define(run, {
    name: 'completion',
    summary: 'print a script that completes commands and options in bash or zsh',
    arguments: [new Argument('<shell>', 'which shell').choices(['bash', 'zsh'])],
    code: false,
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/rxzmq',
      'completion zsh > ~/.zfunc/_rxzmq',
      'completion bash | less',
    ],
    options: () => undefined,
    act: ({ output }, [shell]) => {
      const words = commandWords(all());
      output.line((shell === 'zsh' ? zshScript(words) : bashScript(words)).trimEnd());
      return Promise.resolve(exitCodes.ok);
    },
  });
}
