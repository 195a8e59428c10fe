export type * from './api.ts';
export { createLanguageService } from './create-language-service.ts';
