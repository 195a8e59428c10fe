export { engine } from './engine.ts';
export { manifest } from './manifest.ts';
