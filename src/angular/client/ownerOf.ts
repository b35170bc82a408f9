import { DestroyRef, inject } from '@angular/core';

/** What ends what is created now: the component or service whose injection context this is, otherwise the client. */
export function ownerOf(client: DestroyRef): DestroyRef {
  try {
    return inject(DestroyRef);
  } catch {
    return client; // not an injection context: an event handler, for example
  }
}
