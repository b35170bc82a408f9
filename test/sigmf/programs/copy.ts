// Copies samples from standard input to standard output, in another format; ends by itself.
import { take } from 'rxjs';
import { fromIqFile, type IqFormat, toIqFile } from 'rxzmq/sigmf';

const [from, to, blocks = 'Infinity'] = process.argv.slice(2) as [IqFormat, IqFormat, string?];
fromIqFile('-', { format: from, blockSamples: 1000, sampleRate: 48_000 })
  .pipe(take(Number(blocks)), toIqFile('-', { format: to }))
  .subscribe({
    error: (error: unknown) => {
      const { code, cause } = error as { code?: string; cause?: { code?: string } };
      process.stderr.write(`${code ?? 'no code'} ${cause?.code ?? ''}\n`);
    },
  });
