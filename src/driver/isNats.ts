/** Whether an endpoint, or the first of several, is one of NATS. */
export function isNats(endpoints: unknown): boolean {
  const first: unknown = Array.isArray(endpoints) ? endpoints[0] : endpoints;
  return typeof first === 'string' && /^nats(\+wss?)?:\/\//.test(first);
}
