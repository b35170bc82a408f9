import type { ExecFileSyncOptions } from 'node:child_process';

export function npm(args: string[], options?: ExecFileSyncOptions): string;
