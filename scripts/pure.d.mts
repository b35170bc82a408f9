/** An ECMAScript module whose initial values a bundler may leave out, where a program does not use them. */
export function pure(code: string): string;
