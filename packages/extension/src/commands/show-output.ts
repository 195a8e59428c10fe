import type { Command } from '../parts.ts';

export const showOutput: Command = ({ server }) => server.showOutput();
