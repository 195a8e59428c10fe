import type { LanguageFeatures } from '@benchbook/model';
export const scaffold: LanguageFeatures['scaffold'] = () => [];
