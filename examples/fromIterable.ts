// #region main
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { filter, take } from 'rxjs';
import { fromIterable, fromPull, text, toPush } from 'rxzmq';

// A file of any size goes to workers line by line, and is read no faster than they take it.
const lines = createInterface({ input: createReadStream('package.json') });

fromIterable(lines)
  .pipe(
    filter((line) => line.includes('"license"') || line.includes('"name"')),
    toPush('inproc://workers', { codec: text }),
  )
  .subscribe();

fromPull('inproc://workers', { codec: text })
  .pipe(take(2))
  .subscribe((line) => console.log(line.trim()));
// #endregion main
