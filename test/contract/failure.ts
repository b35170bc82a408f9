/** How long what a case waits for may take before the case fails. */
export const FAILURE_MS = 8000;
