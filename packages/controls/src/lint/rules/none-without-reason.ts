import type { ControlRule } from '../rule.ts';

export const noneWithoutReason: ControlRule = {
  code: 'ctl/none-without-reason',
  severity: 'warning',
  summary: 'The policy opts out of controls without a reason.',
  why: 'The reason is what a reviewer can agree or disagree with.',
  bad: { controls: [], exemption: '' },
  good: { controls: [], exemption: 'a convenience, not a safeguard' },
  message: 'say why no control is served: `none: reason`',
  check: ({ policy: { exemption } }) =>
    exemption && exemption.reason.trim() === ''
      ? [
          {
            at: { file: exemption.file, range: exemption.range },
            message: 'say why no control is served: `none: reason`',
          },
        ]
      : [],
};
