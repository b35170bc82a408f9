// Records a counting signal until it is ended from outside, and prints how many frames are written. Retunes now and then.
import { appendFileSync } from 'node:fs';
import { frame, fromIterable } from 'rxzmq';
import { type FileError, toIqFile, toSigmf } from 'rxzmq/sigmf';

const [kind, path] = process.argv.slice(2) as ['sigmf' | 'iq', string];

function* signal() {
  for (let n = 0; ; n += 1) {
    const samples = new Int32Array(2048).fill(n);
    const made = frame(samples, {
      sampleRate: 1e6,
      centerFreq: 1e8 + Math.floor(n / 50),
      timestampNs: 10n ** 18n + BigInt(n) * 1_024_000n,
    });
    yield { ...made, sequence: n };
  }
}

let written = 0;
fromIterable(signal())
  .pipe(kind === 'iq' ? toIqFile(path) : toSigmf(path))
  .subscribe({
    next: () => {
      written += 1;
      if (written % 20 === 0) appendFileSync(1, `${written}\n`);
    },
    error: (error: unknown) => {
      const { code, cause, kept, message } = error as FileError;
      const text = JSON.stringify({ written, code, cause: (cause as { code?: string }).code, kept, message });
      appendFileSync(1, `${text}\n`);
    },
  });
