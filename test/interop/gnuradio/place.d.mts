export const python: string;
export const modules: string;
export const pythonPath: string;
