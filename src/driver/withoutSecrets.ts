/** An endpoint as errors and statuses show it. */
export function withoutSecrets(endpoint: string): string {
  return endpoint.replace(/:\/\/.*@/s, '://***@');
}
