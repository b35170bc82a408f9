import { inject, Injector } from '@angular/core';
import type { RxzmqClient } from './RxzmqClient.js';
import { createClient } from './createClient.js';
import { onServer } from './onServer.js';
import { silentClient } from './silentClient.js';

/** The client of the injector whose context this is. */
export function makeClient(): RxzmqClient {
  const injector = inject(Injector);
  return onServer(injector) ? silentClient : createClient(injector);
}
