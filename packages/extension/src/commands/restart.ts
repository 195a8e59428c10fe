import type { Command } from '../parts.ts';

export const restart: Command = ({ server }) => server.restart();
