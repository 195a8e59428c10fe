export const hostFolder: string;
export function isInstalled(folder?: string): boolean;
