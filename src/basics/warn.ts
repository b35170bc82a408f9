/** A process warning where there is a process, a console warning elsewhere. */
export function warn(message: string): void {
  const { process } = globalThis as { process?: { emitWarning?: (text: string, type: string) => void } };
  if (process?.emitWarning) process.emitWarning(message, 'RxZmqWarning');
  else console.warn(`RxZmqWarning: ${message}`);
}
