/** Names the option instead of the function: `use the codec gnuradio() of rxzmq/gnuradio` is `--codec gnuradio reads it`. */
export function asOption(reason: string): string {
  return reason
    .replace(/use the codec topic\((\w+)\)/, "--codec $1 --topic '' reads it")
    .replace(/use the codec (\w+)(?:\(\))?(?: of rxzmq\/\w+)?/, '--codec $1 reads it')
    .replace('leave out the codec', '--codec sigs reads it');
}
