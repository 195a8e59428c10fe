export { builtinCatalogs } from './builtin.ts';
export type { Catalog, Grade, Provision, Structure, StructureArticle } from './catalog.ts';
export { type CatalogResult, parseCatalog } from './company.ts';
export { type ControlReference, formatReference, parseReference } from './reference.ts';
export { type ResolvedControl, resolveControl } from './resolve.ts';
