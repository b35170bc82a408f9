/** The property of a stage with which a worker runs it. All copies of the package share the symbol, as the worker has its own copy. */
export const SERVE = Symbol.for('rxzmq.stage.1');
