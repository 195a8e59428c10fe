import type { CompletionItem, TextRange } from '@benchbook/model';

const METADATA = `# METADATA
# title: \${1:What it is for}
# custom:
#   controls:
#     \${2:eu-ai-act}: ["\${3:14(1)}"]
`;
const BODY = `{
	input.tool.name == "\${5:tool}"
	$0
}`;

/** Whole policies, in the syntax of a file's version. */
export function snippets(range: TextRange, version: number): CompletionItem[] {
  const set = (rule: string) =>
    version === 0 ? `${rule}["\${4:reason}"] ` : `${rule} contains "\${4:reason}" if `;
  const plain = version === 0 ? '' : ' if';
  const all: readonly (readonly [label: string, detail: string, text: string])[] = [
    ['deny policy', 'denies calls that meet conditions', `${METADATA}${set('deny')}${BODY}`],
    [
      'allow policy',
      'allows calls that meet conditions',
      `${METADATA}allow${plain} ${BODY.replace('${5:', '${4:')}`,
    ],
    [
      'escalate policy',
      'asks a person about calls that meet conditions',
      `${METADATA}${set('escalate')}${BODY}`,
    ],
    ['warn policy', 'notes calls that meet conditions', `${METADATA}${set('warn')}${BODY}`],
    ['function', 'a function of this package', `\${1:name}(\${2:value})${plain} {\n\t$0\n}`],
    [
      'test',
      'a test',
      `test_\${1:name}${plain} {\n\t\${2:allow} with input as {"tool": {"name": "\${3:tool}"}, "args": {$0}}\n}`,
    ],
  ];
  return all.map(([label, detail, newText]) => ({
    label,
    kind: 'snippet',
    detail,
    documentation: '',
    range,
    newText,
    isSnippet: true,
    rank: 30,
  }));
}
