export declare const venv: string;
export declare const python: string;
export declare const olderVenv: string;
export declare const olderPython: string;
export declare const isOlderHere: boolean;
export declare function findServers(): { readonly name: string; readonly path: string }[];
export declare const servers: { readonly name: string; readonly path: string }[];
export declare const isHere: boolean;
