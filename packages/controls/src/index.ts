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
export { type ControlReference, formatReference, parseReference } from './reference/reference.ts';
export { type ResolvedControl, resolveControl, type TagReference } from './reference/resolve.ts';
