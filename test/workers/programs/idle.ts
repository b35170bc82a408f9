// Workers with nothing to do, and nobody else to keep the process alive.
import { Subject } from 'rxjs';
import { offload } from 'rxzmq/workers';

const source = new Subject<number>();
const file = new URL('../stages/same.js', import.meta.url); // compiled or not
source.pipe(offload<typeof import('../stages/same.js')>(file, { workers: 2 })).subscribe((value) => {
  console.log('result', value);
});
if (process.argv[2] === 'busy') source.next(1);
process.on('exit', () => console.log('exit'));
