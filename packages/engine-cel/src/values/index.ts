export * from './compare.ts';
export * from './fault.ts';
export * from './meter.ts';
export * from './numbers.ts';
export * from './strings.ts';
export * from './time.ts';
export * from './value.ts';
