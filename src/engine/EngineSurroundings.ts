import type { EngineContext } from './context/EngineContext.js';
import type { EndpointKind } from './EndpointKind.js';

/** The context of sockets, and the kinds of endpoints that it supports. */
export interface EngineSurroundings extends EngineContext {
  /** The first kind that has an endpoint is used. */
  readonly kinds: readonly EndpointKind[];
}
