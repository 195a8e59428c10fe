import type { ServiceEvent, ServiceSettings } from '@benchbook/language-service';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Documents } from '../documents.ts';
import type { ServerPlatform, WorkerMemory } from '../platform.ts';
import { pathBelow, placeOfUri, uriBelow } from '../uri.ts';
import { version } from '../version.ts';
import { findRoots } from './find-roots.ts';
import { openRoot, type Root } from './root.ts';

/** Workspaces of one folder that are opened at once; further ones when one of their documents is. */
const EAGER_ROOTS = 4;

export interface FoldersOptions {
  readonly platform: ServerPlatform;
  readonly memory: WorkerMemory;
  readonly documents: Documents;
  /** Nothing is read before: a client must not be asked until it has initialized. */
  readonly ready: Promise<void>;
  settings(): ServiceSettings;
  onEvent(root: Root, event: ServiceEvent): void;
  /** A root is gone, with what was told of its files. */
  onClosed(root: Root): void;
  onProblem(message: string): void;
}

/** The client's folders with the workspaces in them. For every document the nearest workspace answers. */
export interface Folders {
  add(folders: readonly string[]): Promise<void>;
  remove(folders: readonly string[]): void;
  /** Looks anew for workspaces in all folders. */
  rescan(): Promise<void>;
  /** The workspace that answers for a document, opened if need be, and the document's path in it; null outside. */
  find(uri: string): Promise<{ readonly root: Root; readonly path: string } | null>;
  /** The same, of those that are open already. */
  opened(uri: string): { readonly root: Root; readonly path: string } | null;
  /** A document was opened, and stands in `documents`: its workspace is opened too. */
  documentOpened(uri: string): void;
  documentChanged(document: TextDocument): void;
  documentClosed(uri: string): void;
  /** The workspace at a folder: there, else the first below it. */
  at(folder: string): Promise<Root | null>;
  /** URIs of all workspaces, opened or not. */
  uris(): Promise<readonly string[]>;
  roots(): Iterable<Root>;
  dispose(): void;
}

interface Folder {
  readonly uri: string;
  readonly place: string;
  /** Places of its workspaces, sorted; the folder's own is in it only where it is one. */
  found: Promise<readonly string[]>;
}

export function createFolders(options: FoldersOptions): Folders {
  const { platform, documents, memory } = options;
  const folders = new Map<string, Folder>();
  const roots = new Map<string, Root>();

  async function scan(uri: string, place: string): Promise<readonly string[]> {
    await options.ready;
    const outside = platform.open(uri, '');
    const { roots: paths, problem } = await findRoots(outside.tree);
    outside.dispose();
    if (problem !== undefined) options.onProblem(problem);
    return paths.map((path) => (path === '' ? place : `${place}/${path}`));
  }

  async function openEagerly(folder: Folder): Promise<void> {
    const places = await folder.found;
    if (folders.get(folder.place) !== folder) return;
    for (const place of places.slice(0, EAGER_ROOTS)) ensure(folder, place);
    for (const [place] of documents.all()) {
      const near = nearest(folder, places, place);
      if (near !== null) ensure(folder, near);
    }
  }

  /** The folder's own place counts as a root for documents in no other. */
  function nearest(folder: Folder, places: readonly string[], place: string): string | null {
    let best: string | null = null;
    for (const candidate of [folder.place, ...places]) {
      if (pathBelow(candidate, place) !== null && candidate.length >= (best?.length ?? 0)) best = candidate;
    }
    return best;
  }

  function ensure(folder: Folder, place: string): Root {
    const open = roots.get(place);
    if (open) return open;
    const path = pathBelow(folder.place, place) ?? '';
    const outside = platform.open(folder.uri, path);
    const guard = memory.guard(place);
    const poisoned = memory.poisoned(place);
    const avoidFastLane = memory.avoidFastLane(place);
    const root = openRoot({
      uri: uriBelow(folder.uri, path),
      place,
      outside,
      documents,
      ports: {
        ...outside,
        engines: platform.engines,
        assets: platform.assets,
        pause: platform.pause,
        now: platform.now,
        time: platform.time,
        version,
        ...(guard && { guard }),
        ...(poisoned && { poisoned }),
        ...(avoidFastLane && { avoidFastLane }),
      },
      createService: platform.createService,
      onEvent: options.onEvent,
    });
    roots.set(place, root);
    root.service.configure(options.settings());
    giveDocuments();
    root.service.start().catch((error: unknown) => {
      options.onProblem(error instanceof Error ? error.message : String(error));
    });
    return root;
  }

  /** Documents go to the nearest root: one that is opened later takes those that are its own. */
  const given = new Map<string, Root>();
  function giveDocuments(): void {
    for (const [place, document] of documents.all()) {
      const near = openedAt(place);
      const before = given.get(place);
      if (near?.root === before) continue;
      if (before && roots.get(before.place) === before) {
        before.service.close(pathBelow(before.place, place) ?? '');
      }
      if (near) {
        given.set(place, near.root);
        near.root.service.open(near.path, document.getText());
      } else {
        given.delete(place);
      }
    }
  }

  function close(root: Root): void {
    roots.delete(root.place);
    root.dispose();
    options.onClosed(root);
  }

  function openedAt(place: string): { readonly root: Root; readonly path: string } | null {
    let best: { readonly root: Root; readonly path: string } | null = null;
    for (const root of roots.values()) {
      const path = pathBelow(root.place, place);
      if (path !== null && (best === null || path.length < best.path.length)) best = { root, path };
    }
    return best;
  }

  function folderOf(place: string): Folder | undefined {
    return [...folders.values()]
      .filter((folder) => pathBelow(folder.place, place) !== null)
      .sort((a, b) => b.place.length - a.place.length)[0];
  }

  return {
    async add(uris) {
      const added = uris.flatMap((uri) => {
        const place = placeOfUri(uri);
        if (place === null || folders.has(place)) return [];
        const folder: Folder = { uri, place, found: scan(uri, place) };
        folders.set(place, folder);
        return [folder];
      });
      await Promise.all(added.map(openEagerly));
    },
    remove(uris) {
      for (const uri of uris) {
        const place = placeOfUri(uri);
        if (place === null || !folders.delete(place)) continue;
        for (const root of [...roots.values()]) {
          if (pathBelow(place, root.place) !== null && folderOf(root.place) === undefined) close(root);
        }
      }
      giveDocuments();
    },
    async rescan() {
      await Promise.all(
        [...folders.values()].map(async (folder) => {
          folder.found = scan(folder.uri, folder.place);
          const places = await folder.found;
          for (const root of [...roots.values()]) {
            if (folderOf(root.place) === folder && !places.includes(root.place)) close(root);
          }
          await openEagerly(folder);
        }),
      );
      giveDocuments();
    },
    async find(uri) {
      const place = placeOfUri(uri);
      const folder = place === null ? undefined : folderOf(place);
      if (place === null || !folder) return null;
      const near = nearest(folder, await folder.found, place);
      if (near === null || folders.get(folder.place) !== folder) return null;
      const root = ensure(folder, near);
      return { root, path: pathBelow(root.place, place) ?? '' };
    },
    opened(uri) {
      const place = placeOfUri(uri);
      return place === null ? null : openedAt(place);
    },
    documentOpened(uri) {
      giveDocuments();
      const place = placeOfUri(uri);
      const folder = place === null ? undefined : folderOf(place);
      if (place === null || !folder) return;
      void folder.found.then((places) => {
        const near = nearest(folder, places, place);
        if (near !== null && documents.at(place) && folders.get(folder.place) === folder)
          ensure(folder, near);
      });
    },
    documentChanged(document) {
      const place = placeOfUri(document.uri);
      const root = place === null ? undefined : given.get(place);
      if (place === null || !root) return;
      root.service.change(pathBelow(root.place, place) ?? '', document.getText());
    },
    documentClosed(uri) {
      const place = placeOfUri(uri);
      const root = place === null ? undefined : given.get(place);
      if (place === null || !root) return;
      given.delete(place);
      root.service.close(pathBelow(root.place, place) ?? '');
    },
    async at(uri) {
      const place = placeOfUri(uri);
      const folder = place === null ? undefined : folderOf(place);
      if (place === null || !folder) return null;
      const places = await folder.found;
      const found =
        places.find((candidate) => candidate === place) ??
        places.find((candidate) => pathBelow(place, candidate) !== null);
      return found === undefined ? null : ensure(folder, found);
    },
    async uris() {
      const all = await Promise.all(
        [...folders.values()].map(async ({ uri, place, found }) =>
          (await found).map((root) => uriBelow(uri, pathBelow(place, root) ?? '')),
        ),
      );
      return all.flat();
    },
    roots: () => roots.values(),
    dispose() {
      for (const root of roots.values()) root.dispose();
      roots.clear();
      folders.clear();
    },
  };
}
