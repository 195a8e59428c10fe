export { builtinCatalogs, catalogsCheckedOn } from './catalog/builtin.ts';
export type { Application, Catalog, Evidence, Grade, Provision } from './catalog/catalog.ts';
export { type CatalogResult, parseCatalog } from './catalog/company.ts';
export type {
  ArticleEntry,
  Structure,
  StructureArticle,
  SupersededNumber,
  TimelineEntry,
} from './catalog/law.ts';
export { unexecutedClauses } from './clauses/unexecuted.ts';
export { type ControlContext, type ControlDescription, describeControl } from './describe/describe.ts';
export type { ControlProfile } from './describe/profile.ts';
export { type ControlCompletion, completeControls } from './editor/complete.ts';
export { type ControlHover, hoverControl } from './editor/hover.ts';
export { type ControlFix, controlFixes, type FixPlace } from './fix/fixes.ts';
export type { Exercised, LintInput, LintPolicy } from './lint/input.ts';
export { lintControls } from './lint/lint.ts';
export type { ControlRule, RuleExample } from './lint/rule.ts';
export { controlRules } from './lint/rules/index.ts';
export { type ControlReference, formatReference, parseReference } from './reference/reference.ts';
export { type ResolvedControl, resolveControl, type TagReference } from './reference/resolve.ts';
