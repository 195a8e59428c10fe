import { builtinCatalogs, type Catalog, type ControlContext, parseCatalog } from '@benchbook/controls';
import type { ByteSource, Diagnostic, Mode, PolicySet } from '@benchbook/model';
import { type AnswerSet, createPdp, type PdpSet } from '@benchbook/pdp';
import { applyIgnores, nameMatcher, sortDiagnostics, type Workspace } from '@benchbook/workspace';
import { lintPolicyControls } from './check/lint-controls.ts';
import { TOOL_CODES, type ToolFinding } from './check/tools/check-tools.ts';
import { surveyTools } from './check/tools/survey-tools.ts';
import { usesOf } from './check/tools/uses.ts';
import type { Exercise } from './coverage/exercise.ts';
import type { LoadedPolicies, PolicyLoader, PolicySources } from './load/policies.ts';
import { surveyRecordings } from './load/survey.ts';
import type { Pdps } from './replay/decide-calls.ts';
import { requestTable } from './replay/request-table.ts';
import { type Texts, textsOf } from './report/texts.ts';

/** A workspace with its policies loaded: what every command starts from. */
export interface PreparedWorkspace {
  readonly workspace: Workspace;
  readonly policies: LoadedPolicies;
  /** Of the workspace and of the policies, severities and ignores applied, sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** What control references are resolved with. */
  readonly controls: ControlContext;
  /** The company's own catalogs. */
  readonly company: readonly Catalog[];
  readonly texts: Texts;
  modeOf(file: string): Mode;
  /** The same diagnostics with those that hang on what recordings exercised. */
  diagnose(exercise: Exercise): readonly Diagnostic[];
  /** The same diagnostics with others, to which severities and ignores apply as well. */
  diagnoseWith(further: readonly Diagnostic[]): readonly Diagnostic[];
}

/** What is looked at beside the policies themselves. */
export interface PrepareOptions {
  /**
   * What is known of tools, so that unknown tools and arguments are told: `survey` reads the recordings for it, once
   * and only where the tools files do not settle it. Absent: nothing is told of them.
   */
  readonly tools?: 'survey';
}

/**
 * Loads the policies of a workspace. Recordings are read beforehand only where some policy needs the types of
 * numbers that no schema gives.
 */
export async function prepareWorkspace(
  workspace: Workspace,
  loader: PolicyLoader,
  recordings: readonly ByteSource[],
  options: PrepareOptions = {},
): Promise<PreparedWorkspace> {
  let sources = policySources(workspace);
  let policies = await loader.load(sources);
  if (policies.wantsNumbers && recordings.length > 0) {
    sources = { ...sources, numbers: await surveyRecordings(recordings) };
    policies = await loader.load(sources);
  }
  if (options.tools === undefined) return assembleWorkspace(workspace, policies);
  const files = await usesOf(workspace, loader, sources);
  const found = await surveyTools(files, workspace, recordings, policies.diagnostics);
  return assembleWorkspace(workspace, policies, found);
}

/** What the policies of a workspace are loaded from. */
export function policySources(workspace: Workspace): PolicySources {
  return {
    files: workspace.policyFiles.map((file) => ({ engine: file.engine, file, audit: file.audit })),
    tools: workspace.tools,
    agents: workspace.agents,
  };
}

/** Puts a workspace and its loaded policies together. `tools`: see {@link checkTools}; absent where nobody looked. */
export function assembleWorkspace(
  workspace: Workspace,
  policies: LoadedPolicies,
  tools?: readonly ToolFinding[],
): PreparedWorkspace {
  const { context: controls, company, diagnostics: companyDiagnostics } = controlsOf(workspace);
  const audit = new Set(workspace.policyFiles.filter((file) => file.audit).map((file) => file.path));
  const prepared = {
    workspace,
    policies,
    controls,
    company,
    texts: textsOf([...workspace.policyFiles, ...workspace.otherTexts]),
    modeOf: (file: string): Mode => (audit.has(file) ? 'audit' : 'enforce'),
  };
  const found = [
    ...workspace.diagnostics,
    ...policies.diagnostics,
    ...companyDiagnostics,
    ...nothingAllows(workspace, policies),
    ...(tools ?? []).map(({ diagnostic }) => diagnostic),
  ];
  const unjudged = [...(tools ? [] : TOOL_CODES), ...EXERCISE_CODES, ...GOVERNANCE_CODES];
  const join = (more: readonly Diagnostic[]): readonly Diagnostic[] => {
    const told = applyIgnores(
      sortDiagnostics([...found, ...more]),
      [...workspace.policyFiles, ...workspace.otherTexts],
      workspace.manifest.diagnostics,
      unjudged,
    );
    // What an engine that is still being opened will find is not known yet.
    return policies.opening ? told.filter(({ code }) => code !== 'unused-ignore') : told;
  };
  const lint = lintOf(prepared, undefined);
  return {
    ...prepared,
    diagnostics: join(lint),
    diagnose: (exercise) => join(lintOf(prepared, exercise)),
    diagnoseWith: (further) => join([...lint, ...further]),
  };
}

function lintOf(
  { policies, controls, texts, modeOf }: Omit<PreparedWorkspace, 'diagnostics' | 'diagnose' | 'diagnoseWith'>,
  exercise: Exercise | undefined,
): readonly Diagnostic[] {
  const sets = policies.everything;
  return lintPolicyControls({ sets, context: controls, texts, modeOf, ...(exercise && { exercise }) });
}

/** Found only where recorded calls were decided. */
const EXERCISE_CODES = ['policy-never-exercised', 'policy-errs'];

/** Found by the build checks and the registry of agents alone. */
const GOVERNANCE_CODES = [
  'check/',
  'agent-member-invalid',
  'agent-member-unknown',
  'agent-breaker-incomplete',
];

/** The PDPs of a workspace. Several may share one `answer`: what they have in common is decided once. */
export function openPdps(prepared: PreparedWorkspace, answer: AnswerSet = requestTable()): Pdps {
  const { workspace, policies } = prepared;
  const options = { default: workspace.manifest.default, answer };
  const enforced = createPdp(narrowed(policies.enforced, workspace), options);
  const everything =
    policies.everything === policies.enforced
      ? enforced
      : createPdp(narrowed(policies.everything, workspace), options);
  return { enforced, everything };
}

function narrowed(sets: readonly PolicySet[], workspace: Workspace): PdpSet[] {
  return sets.map((set) => {
    const files = new Set(set.policies.map(({ file }) => file));
    const own = workspace.narrowings.filter((narrowing) => narrowing.files.some((file) => files.has(file)));
    if (own.length === 0) return { set };
    const matchers = own.map((narrowing) => nameMatcher(narrowing.tools));
    return { set, appliesTo: (tool) => matchers.some((matches) => matches(tool)) };
  });
}

/** What references to controls are resolved with, and what is wrong with the company's own catalogs. */
export function controlsOf(workspace: Pick<Workspace, 'manifest' | 'catalogs'>): WorkspaceControls {
  const { manifest, catalogs } = workspace;
  const known = knownControls.get(manifest);
  if (known?.catalogs === catalogs) return known.controls;
  const controls = readControls(workspace);
  knownControls.set(manifest, { catalogs, controls });
  return controls;
}

interface WorkspaceControls {
  readonly context: ControlContext;
  readonly company: readonly Catalog[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Of the manifests at hand: while a policy is typed, its workspace keeps manifest and catalogs. */
const knownControls = new WeakMap<
  Workspace['manifest'],
  { readonly catalogs: Workspace['catalogs']; readonly controls: WorkspaceControls }
>();

function readControls({ manifest, catalogs }: Pick<Workspace, 'manifest' | 'catalogs'>): WorkspaceControls {
  const company: Catalog[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path, value } of catalogs) {
    const parsed = parseCatalog(value);
    if ('catalog' in parsed) company.push(parsed.catalog);
    else diagnostics.push(catalogInvalid(path, parsed.error));
  }
  const context: ControlContext = {
    editions: manifest.controls,
    catalogs: [...builtinCatalogs(), ...company],
    profile: manifest.profile,
  };
  return { context, company, diagnostics };
}

function catalogInvalid(file: string, message: string): Diagnostic {
  return { code: 'catalog-invalid', severity: 'error', message, file, range: null };
}

/** Warns where every call must come out denied: a workspace without a permit is rarely meant. */
function nothingAllows(workspace: Workspace, policies: LoadedPolicies): Diagnostic[] {
  const { enforced } = policies;
  // What does not load yet may well allow something.
  if (policies.opening || policies.diagnostics.some(({ fatal }) => fatal)) return [];
  if (enforced.length === 0 || workspace.manifest.default === 'allow') return [];
  if (enforced.some((set) => set.canAllow)) return [];
  return [
    {
      code: 'nothing-allows',
      severity: 'warning',
      message:
        'no policy can allow anything, so every call is denied; add a permit, or set `default: allow` in benchbook.yaml',
      file: enforced[0]!.policies[0]?.file ?? workspace.manifestPath ?? '.',
      range: null,
    },
  ];
}
