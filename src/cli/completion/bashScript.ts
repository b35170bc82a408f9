import type { CommandWord } from './commandWords.js';

/** A script for bash. */
export function bashScript(commands: readonly CommandWord[]): string {
  const names = commands.map(({ name }) => name).join(' ');
  const cases = commands.map(({ name, options, choices }) => {
    const flags = options.map(({ flag }) => flag).join(' ');
    return `    ${name}) words='${[...choices, flags].join(' ')}' ;;`;
  });
  const values = [...valuesByFlag(commands)].map(
    ([flag, choices]) => `    ${flag}) COMPREPLY=($(compgen -W '${choices.join(' ')}' -- "$current")); return ;;`,
  );
  return `# bash completion of rxzmq
_rxzmq() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} words=''
  COMPREPLY=()
  case $previous in
${values.join('\n')}
  esac
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  if [[ $current == -* || -z $current && \${COMP_WORDS[1]} == completion ]]; then
    COMPREPLY=($(compgen -W "$words" -- "$current"))
  else
    COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
  fi
}
complete -o default -F _rxzmq rxzmq
`;
}

/** The values of options that have a few. */
function valuesByFlag(commands: readonly CommandWord[]): Map<string, readonly string[]> {
  const options = commands.flatMap((command) => command.options);
  return new Map(options.filter(({ choices }) => choices.length > 0).map(({ flag, choices }) => [flag, choices]));
}
