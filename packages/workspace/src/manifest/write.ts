import { stringify } from 'yaml';

/** The manifest of a new workspace: globs that find what was found, and the conventions where nothing was. */
export function writeManifest(policies: readonly string[], recordings: readonly string[]): string {
  const manifest = {
    version: 1,
    policies: globsOf(policies, 'policies'),
    traces: globsOf(recordings, 'traces'),
    tools: ['tools/*.json'],
    default: 'deny',
  };
  return `# What Benchbook reads here. Every key: docs/manifest.md\n${stringify(manifest)}`;
}

/** `FOLDER/**` for each top folder that holds some of the files, the file itself where it lies at the root. */
function globsOf(paths: readonly string[], convention: string): string[] {
  const globs = new Set(paths.map((path) => (path.includes('/') ? `${path.split('/')[0]}/**` : path)));
  return globs.size > 0 ? [...globs].sort() : [`${convention}/**`];
}
