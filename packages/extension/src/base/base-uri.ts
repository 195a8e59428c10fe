/** URIs of policy files as they are in base. The workspace and the path stand in it, so that nothing is to be remembered. */

export const BASE_SCHEME = 'benchbook-base';

/** Parts of such a URI; `path` shows as the name of the editor. */
export interface BaseParts {
  readonly scheme: typeof BASE_SCHEME;
  readonly path: string;
  readonly query: string;
}

export function baseParts(workspace: string, path: string): BaseParts {
  return { scheme: BASE_SCHEME, path: `/${path}`, query: workspace };
}

export function readBaseParts(uri: { readonly path: string; readonly query: string }): {
  readonly folder: string;
  readonly path: string;
} {
  return { folder: uri.query, path: uri.path.replace(/^\/+/, '') };
}
