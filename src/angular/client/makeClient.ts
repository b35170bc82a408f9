import { inject, Injector } from '@angular/core';
import type { Client } from './Client.js';
import { createClient } from './createClient.js';
import { onServer } from './onServer.js';
import { silentClient } from './silentClient.js';

/** The client of the injector whose context this is. */
export function makeClient(): Client {
  const injector = inject(Injector);
  return onServer(injector) ? silentClient : createClient(injector);
}
