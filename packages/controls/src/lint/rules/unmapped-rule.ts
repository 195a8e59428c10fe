import type { ControlRule } from '../rule.ts';

export const unmappedRule: ControlRule = {
  code: 'ctl/unmapped-rule',
  severity: 'warning',
  summary: 'The policy names no control.',
  why: 'In a workspace that maps its policies, a reader cannot tell whether this one was forgotten. Silent where no policy names a control and the manifest lists no framework.',
  bad: { controls: [], editions: ['eu-ai-act@2026-07-27'] },
  good: { controls: [], editions: ['eu-ai-act@2026-07-27'], exemption: 'a convenience, not a safeguard' },
  message: 'this policy names no control; add one, or `none` with a reason in its place',
  check: ({ policy }, { usesControls }) =>
    usesControls && policy.controls.length === 0 && !policy.exemption
      ? [
          {
            at: { file: policy.file, range: policy.range },
            message: 'this policy names no control; add one, or `none` with a reason in its place',
          },
        ]
      : [],
};
