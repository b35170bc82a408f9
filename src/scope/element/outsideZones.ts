interface ZoneGlobals {
  readonly Zone?: { readonly root?: { run(action: () => void): void } };
}

/** Runs an action outside the zone of an application with zone.js, which would run change detection for each picture. */
export function outsideZones(action: () => void): void {
  const { Zone } = globalThis as unknown as ZoneGlobals;
  if (Zone?.root) Zone.root.run(action);
  else action();
}
