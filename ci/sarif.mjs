import { posix } from 'node:path';

/**
 * A SARIF log of a workspace as one of its repository: places relative to the repository's top, and a category of
 * its own, so that code scanning does not take one workspace's findings for another's.
 * @param {string} text
 * @param {string} prefix Of the workspace: empty or ending in `/`.
 */
export function relocated(text, prefix) {
  if (prefix === '') return text;
  const encoded = prefix.split('/').map(encodeURIComponent).join('/');
  const log = JSON.parse(text);
  for (const run of log.runs) {
    run.automationDetails.id += encoded;
    for (const result of run.results) {
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const place = physicalLocation.artifactLocation;
        place.uri = posix.normalize(encoded + place.uri);
      }
    }
  }
  return `${JSON.stringify(log, null, 2)}\n`;
}
