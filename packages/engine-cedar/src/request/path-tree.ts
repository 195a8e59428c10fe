/** Which members of a value are read: all of it, or some by name. */
export type PathTree = true | ReadonlyMap<string, PathTree>;

type Growing = true | Map<string, Growing>;

/** Joins paths (names from the outside in); a path's end reads everything below it. */
export function pathTree(paths: Iterable<readonly string[]>): PathTree {
  let root: Growing = new Map();
  for (const path of paths) root = grow(root, path, 0);
  return root;
}

function grow(tree: Growing, path: readonly string[], at: number): Growing {
  if (tree === true || at === path.length) return true;
  const key = path[at]!;
  tree.set(key, grow(tree.get(key) ?? new Map(), path, at + 1));
  return tree;
}

/** What is read below `key`; undefined: nothing. */
export function below(tree: PathTree, key: string): PathTree | undefined {
  return tree === true ? true : tree.get(key);
}
