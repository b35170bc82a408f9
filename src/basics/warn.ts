/** Emits a process warning, or a console warning if there is no process. */
export function warn(message: string): void {
  const { process } = globalThis as { process?: { emitWarning?: (text: string, type: string) => void } };
  if (process?.emitWarning) process.emitWarning(message, 'RxZmqWarning');
  else console.warn(`RxZmqWarning: ${message}`);
}
