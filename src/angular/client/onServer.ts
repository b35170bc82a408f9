import { type Injector, PLATFORM_ID } from '@angular/core';

/** Whether the application is rendered on a server: it opens no sockets there. */
export function onServer(injector: Injector): boolean {
  return (injector.get(PLATFORM_ID) as unknown) === 'server'; // what `isPlatformServer` asks
}
