import type { ReplayReport } from '@benchbook/model';
import { richReport, sources } from './rich.ts';

/** Each breaks out of one place: an element, an attribute of either quote, a script, a comment, a line, a table. */
export const attacks: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '<!--<script>',
  '-->',
  '</style><img src=x onerror=alert(3)>',
  '" onmouseover="alert(4)" x="',
  "' onfocus='alert(5)' autofocus='",
  '</code></td></table></details></section><iframe srcdoc="x">',
  '<svg/onload=alert(6)>',
  'javascript:alert(7)',
  '&lt;script&gt;&#60;b&#62;',
  '\u2028\u2029\u0000\u001b[31m',
  '\u202egpj.exe',
  '\ud800',
  '`$' + '{alert(8)}`',
  '__proto__',
  ']]><x>',
];

/** Members whose words the schema fixes: they are no text of a user. */
const fixed = new Set(
  'schema outcome basis wouldBe expect expected actual state kind code severity mode effect grade unit from'.split(
    ' ',
  ),
);

/** The rich report with an attack in front of every text that a policy, a recording or a manifest can bring. */
export function hostileRich(attack: string): ReplayReport {
  return poisoned(richReport(40), attack, '') as ReplayReport;
}

/** The rich report's sources by their poisoned names, with the attack at the start of every line. */
export function hostileSources(attack: string): (file: string) => string | undefined {
  return (file) =>
    file.startsWith(attack)
      ? sources(file.slice(attack.length))?.replace(/^(?=[\s\S])/gm, () => attack)
      : undefined;
}

function poisoned(value: unknown, attack: string, key: string): unknown {
  if (typeof value === 'string') return fixed.has(key) ? value : attack + value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, attack, key));
  if (typeof value !== 'object' || value === null) return value;
  const isFree = key === 'wouldChange' || key === 'perLanguage';
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      isFree ? attack + name : name,
      poisoned(member, attack, name),
    ]),
  );
}
