import { onTestFinished } from 'vitest';

/** The texts of process warnings of this library from now on, until the test ends. Node emits them a tick late. */
export function heardWarnings(): { readonly texts: readonly string[]; settled(): Promise<void> } {
  const texts: string[] = [];
  const hear = (warning: Error): void => {
    if (warning.name === 'RxZmqWarning') texts.push(warning.message);
  };
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  return { texts, settled: () => new Promise((resolve) => setImmediate(resolve)) };
}
