/** What a system is, as the manifest's `profile` says it, against whom and what a provision is for. */

/** Words as the catalogs use them; several are joined by `+`: `provider+deployer`, `high-risk+workplace`. */
export interface ControlProfile {
  readonly role?: string;
  readonly riskClass?: string;
}

/** How a provision lies outside a profile; null in each respect in which it does not. */
export interface Folding {
  readonly role: string | null;
  /** The whole law around it is for a class that the system is not in. */
  readonly riskClass: string | null;
  /** It is for a narrower class than the one that the profile names. */
  readonly scope: string | null;
}

/** What else a class is. The narrow classes of the EU AI Act exist among high-risk systems alone. */
const ALSO: { readonly [riskClass: string]: readonly string[] } = {
  high: ['high-risk'],
  'annex-i': ['high-risk'],
  'annex-iii': ['high-risk'],
  'annex-iii-1a': ['high-risk', 'annex-iii'],
  'public-deployer': ['high-risk', 'annex-iii'],
  'law-enforcement': ['high-risk', 'annex-iii'],
  'fria-deployer': ['high-risk', 'annex-iii'],
};

const SCOPE_WORDS: { readonly [scope: string]: string } = {
  'high-risk': 'for high-risk systems',
  'annex-iii': 'for high-risk systems of Annex III',
  'annex-iii-1a': 'for remote biometric identification',
  'financial-institution': 'for financial institutions',
  workplace: 'for employers',
  'public-deployer': 'for public bodies',
  'law-enforcement': 'for law enforcement',
  'fria-deployer': 'for deployers that assess the impact on fundamental rights',
};

/** Scopes that every class of system may come under. */
const ANY_CLASS: ReadonlySet<string> = new Set(['transparency']);

/** The classes that a profile names, and what follows from them. Empty: it names none. */
function riskClasses(profile: ControlProfile): ReadonlySet<string> {
  const classes = namedClasses(profile);
  // A high-risk system that does not say which annex it comes under may come under the wider one.
  if (classes.has('high-risk') && !classes.has('annex-i')) classes.add('annex-iii');
  return classes;
}

function namedClasses(profile: ControlProfile): Set<string> {
  const named = wordsOf(profile.riskClass);
  return new Set(named.flatMap((word) => [word, ...(Object.hasOwn(ALSO, word) ? ALSO[word]! : [])]));
}

/** The annex by which the profile's systems are high-risk; null where it does not say, or says both. */
export function annexOf(profile: ControlProfile): 'annex-i' | 'annex-iii' | null {
  const classes = namedClasses(profile);
  if (classes.has('annex-i') === classes.has('annex-iii')) return null;
  return classes.has('annex-i') ? 'annex-i' : 'annex-iii';
}

/** Holds whom (`provider+deployer`) and what a provision is for against a profile. */
export function foldingOf(
  binds: { readonly role?: string; readonly scope?: string },
  profile: ControlProfile | undefined,
): Folding {
  return { role: foldRole(binds.role, profile?.role), ...foldScope(binds.scope, profile) };
}

/** The reasons in a few words; null where the provision lies inside the profile. */
export function foldedText({ role, riskClass, scope }: Folding): string | null {
  return [role, riskClass, scope].filter((reason) => reason !== null).join(', ') || null;
}

function foldRole(bound: string | undefined, own: string | undefined): string | null {
  const roles = wordsOf(bound);
  const mine = wordsOf(own);
  if (roles.length === 0 || mine.length === 0 || roles.some((role) => mine.includes(role))) return null;
  return `for ${roles.map((role) => `${role}s`).join(' and ')}`;
}

function foldScope(
  scope: string | undefined,
  profile: ControlProfile | undefined,
): Pick<Folding, 'riskClass' | 'scope'> {
  const classes = riskClasses(profile ?? {});
  if (!scope || classes.size === 0 || ANY_CLASS.has(scope)) return { riskClass: null, scope: null };
  // A narrow class outside high-risk systems (an employer's chatbot) is not what the provision is about.
  if (Object.hasOwn(SCOPE_WORDS, scope) && !classes.has('high-risk'))
    return { riskClass: wordsFor('high-risk'), scope: null };
  return { riskClass: null, scope: classes.has(scope) ? null : wordsFor(scope) };
}

function wordsFor(scope: string): string {
  return Object.hasOwn(SCOPE_WORDS, scope) ? SCOPE_WORDS[scope]! : `for ${scope}`;
}

function wordsOf(text: string | undefined): readonly string[] {
  return (text ?? '')
    .toLowerCase()
    .split(/[+,\s]+/)
    .map((word) => word.replaceAll('_', '-'))
    .filter(Boolean);
}
