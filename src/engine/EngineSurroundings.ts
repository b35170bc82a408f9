import type { EngineContext } from './context/EngineContext.js';
import type { EndpointKind } from './EndpointKind.js';

/** The surroundings of sockets, and what kinds of endpoints they have. */
export interface EngineSurroundings extends EngineContext {
  /** The first that has an endpoint takes it. */
  readonly kinds: readonly EndpointKind[];
}
