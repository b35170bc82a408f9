// An error that nobody catches, of a stage that cannot be loaded.
import { Subject } from 'rxjs';
import { offload } from 'rxzmq/workers';

new Subject().pipe(offload(new URL('../stages/throwsAtLoad.ts', import.meta.url))).subscribe();
