import type { Command } from '../parts.ts';

export const clearFilter: Command = ({ recordings }) => recordings.setFilter({});
