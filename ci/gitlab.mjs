import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeQuality } from './code-quality.mjs';
import { plain } from './plain.mjs';

/** GitLab: reports that merge requests show, as files for `artifacts: reports`. */
export const gitlab = {
  ...plain,
  /** In a pipeline for merged results the tip of the target branch, else where the branches part. */
  base: (env) => env.CI_MERGE_REQUEST_TARGET_BRANCH_SHA || env.CI_MERGE_REQUEST_DIFF_BASE_SHA || '',
  publish(published) {
    const { settings, results } = published;
    const logs = results
      .map(({ name }) => join(settings.out, `${name}.sarif`))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'));
    writeFileSync(join(settings.out, 'code-quality.json'), codeQuality(logs));
    plain.publish(published);
  },
};
