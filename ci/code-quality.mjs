import { createHash } from 'node:crypto';

const severities = { error: 'major', warning: 'minor', note: 'info' };

/** GitLab's Code Quality report from SARIF logs: one entry per finding, by file and line. */
export function codeQuality(logs) {
  const entries = logs.flatMap((text) =>
    JSON.parse(text).runs.flatMap(({ automationDetails, results }) =>
      results.map((result) => {
        const { artifactLocation, region } = result.locations[0].physicalLocation;
        const identity = [automationDetails.id, result.ruleId, result.partialFingerprints['benchbook/v1']];
        return {
          description: result.message.text,
          check_name: result.ruleId,
          fingerprint: createHash('sha256').update(JSON.stringify(identity)).digest('hex'),
          severity: severities[result.level],
          location: {
            path: decodeURIComponent(artifactLocation.uri),
            lines: { begin: region?.startLine ?? 1 },
          },
        };
      }),
    ),
  );
  return `${JSON.stringify(entries, null, 2)}\n`;
}
