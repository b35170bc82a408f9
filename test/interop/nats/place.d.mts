export declare const venv: string;
export declare const python: string;
export declare const servers: { readonly name: string; readonly path: string }[];
export declare const isHere: boolean;
