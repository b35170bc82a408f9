const SCHEME = /^nats(\+wss?)?:\/\//;

/** Whether an endpoint, or the first of several, is one of NATS. */
export function isNats(endpoints: unknown): boolean {
  const first: unknown = Array.isArray(endpoints) ? endpoints[0] : endpoints;
  return typeof first === 'string' && SCHEME.test(first);
}

/** An endpoint as shown in errors and statuses. */
export function withoutSecrets(endpoint: string): string {
  return endpoint.replace(/:\/\/.*@/s, '://***@');
}
