export type { RiskTier } from '@benchbook/model';
export { historyLine } from './history/append.ts';
export { type EntryStamp, historyEntry } from './history/entry.ts';
export { isIsoTime } from './history/iso-time.ts';
export { type History, readHistory } from './history/read.ts';
