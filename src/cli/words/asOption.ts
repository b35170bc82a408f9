/**
 * Names the option of the command line instead of the function or option of the library: `use the codec gnuradio() of rxzmq/gnuradio`
 * is `--codec gnuradio reads it`.
 */
export function asOption(reason: string): string {
  return reason
    .replace(/use the codec topic\((\w+)\)/, "--codec $1 --topic '' reads it")
    .replace(/use the codec (\w+)(?:\(\))?(?: of rxzmq\/\w+)?/, '--codec $1 reads it')
    .replace('leave out the codec', '--codec sigs reads it')
    .replace('option overwrite: true replaces it', '--overwrite replaces it')
    .replace('option format converts all', '--convert makes them one type')
    .replace("say which by option 'key'", 'say which by --topic')
    .replace('leave out option key', 'leave out --topic')
    .replace(/; if you do, say so by option extensions.*/, '')
    .replace(/option '(loop|from|to|token|bind)'/, '--$1');
}
