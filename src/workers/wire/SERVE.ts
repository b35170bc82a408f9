/** Under this a stage says how a worker runs it. Of all copies of the package: the worker has one of its own. */
export const SERVE = Symbol.for('rxzmq.stage.1');
