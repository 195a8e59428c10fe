import type { ReplayReport } from '@benchbook/model';
import { uriReference } from '../format/uri.ts';
import type { Links } from './evidence.ts';

/** What was replayed and what decided, with digests: the files that stand in for an assessment plan. */
export function backMatter(report: ReplayReport, plan: string, links: Links) {
  return {
    resources: [
      {
        uuid: plan,
        title: 'Policies',
        description: 'The files that decided. They stand in for an assessment plan.',
        ...rlinks(report.files.map((one) => ({ path: one.path, sha256: one.sha256 }))),
      },
      {
        uuid: links.recordings,
        title: 'Recordings',
        description: 'The recorded calls that were decided anew.',
        ...rlinks(report.recordings.map((one) => ({ path: one.file, sha256: one.sha256 }))),
      },
    ],
  };
}

function rlinks(files: readonly { readonly path: string; readonly sha256: string | undefined }[]) {
  if (files.length === 0) return {};
  return {
    rlinks: files.map(({ path, sha256 }) => ({
      href: uriReference(path),
      ...(sha256 === undefined ? {} : { hashes: [{ algorithm: 'SHA-256', value: sha256 }] }),
    })),
  };
}
