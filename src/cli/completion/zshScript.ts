import type { CommandWord, OptionWord } from './commandWords.js';

/** A script for zsh. */
export function zshScript(commands: readonly CommandWord[]): string {
  const names = commands.map(({ name, text }) => `    '${name}:${quoted(text)}'`);
  const cases = commands.map(
    ({ name, options, choices }) =>
      `    ${name})\n      _arguments ${[...options.map(optionSpec), argumentSpec(choices)].join(' \\\n        ')} ;;`,
  );
  return `#compdef rxzmq
# zsh completion of rxzmq
_rxzmq() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _rxzmq "$@"; else compdef _rxzmq rxzmq; fi
`;
}

function optionSpec({ flag, text, takesValue, choices }: OptionWord): string {
  const value = takesValue ? `:value:${choices.length > 0 ? `(${choices.join(' ')})` : '_files'}` : '';
  return `'${flag}[${quoted(text)}]${value}'`;
}

function argumentSpec(choices: readonly string[]): string {
  return choices.length > 0 ? `'*:shell:(${choices.join(' ')})'` : `'*:place:_files'`;
}

/** Text within the quotes of a specification. */
function quoted(text: string): string {
  return text.replaceAll("'", "'\\''").replaceAll(/[[\]:]/g, (mark) => `\\${mark}`);
}
