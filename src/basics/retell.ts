/** Replaces the text of an error that belongs to one call only. Its stack is changed too, as consoles show the stack. */
export function retell(error: Error, message: string): void {
  if (Object.isFrozen(error)) return; // an exception of a user's codec
  const { message: before, stack } = error;
  error.message = message;
  if (stack !== undefined && before !== '') error.stack = stack.replace(before, () => message);
}
