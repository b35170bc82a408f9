/** The packages that are missing, if that is what an error says. */
export function missingPackages(error: unknown): readonly string[] {
  const { code, message = '' } = (error ?? {}) as { readonly code?: unknown; readonly message?: string };
  if (code === 'ERR_NATS_LOAD') return ['@nats-io/transport-node', '@nats-io/jetstream'];
  const [, name] = /needs? the package '([^']+)'/.exec(message) ?? [];
  return name === undefined ? [] : [name];
}
