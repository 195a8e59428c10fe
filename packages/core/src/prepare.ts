import { builtinCatalogs, type Catalog, type ControlContext, parseCatalog } from '@benchbook/controls';
import type { ByteSource, Diagnostic, Mode, PolicySet } from '@benchbook/model';
import { type AnswerSet, createPdp, type PdpSet } from '@benchbook/pdp';
import { applyIgnores, nameMatcher, sortDiagnostics, type Workspace } from '@benchbook/workspace';
import { lintPolicyControls } from './check/lint-controls.ts';
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
}

/**
 * Loads the policies of a workspace. Recordings are read beforehand only where some policy needs the types of
 * numbers that no schema gives.
 */
export async function prepareWorkspace(
  workspace: Workspace,
  loader: PolicyLoader,
  recordings: readonly ByteSource[],
): Promise<PreparedWorkspace> {
  const sources: PolicySources = {
    files: workspace.policyFiles.map((file) => ({ engine: file.engine, file, audit: file.audit })),
    tools: workspace.tools,
    agents: workspace.agents,
  };
  let policies = await loader.load(sources);
  if (policies.wantsNumbers && recordings.length > 0) {
    policies = await loader.load(sources, await surveyRecordings(recordings));
  }
  const { catalogs: company, diagnostics: companyDiagnostics } = companyCatalogs(workspace);
  const audit = new Set(workspace.policyFiles.filter((file) => file.audit).map((file) => file.path));
  const prepared = {
    workspace,
    policies,
    controls: {
      editions: workspace.manifest.controls,
      catalogs: [...builtinCatalogs(), ...company],
      profile: workspace.manifest.profile,
    },
    company,
    texts: textsOf([...workspace.policyFiles, ...workspace.otherTexts]),
    modeOf: (file: string): Mode => (audit.has(file) ? 'audit' : 'enforce'),
  };
  const found = [
    ...workspace.diagnostics,
    ...policies.diagnostics,
    ...companyDiagnostics,
    ...nothingAllows(workspace, policies),
  ];
  const diagnose = (exercise?: Exercise): readonly Diagnostic[] =>
    applyIgnores(
      sortDiagnostics([...found, ...lintOf(prepared, exercise)]),
      [...workspace.policyFiles, ...workspace.otherTexts],
      workspace.manifest.diagnostics,
    );
  return { ...prepared, diagnostics: diagnose(), diagnose };
}

function lintOf(
  { policies, controls, texts, modeOf }: Omit<PreparedWorkspace, 'diagnostics' | 'diagnose'>,
  exercise: Exercise | undefined,
): readonly Diagnostic[] {
  const sets = policies.everything;
  return lintPolicyControls({ sets, context: controls, texts, modeOf, ...(exercise && { exercise }) });
}

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

function companyCatalogs(workspace: Workspace): { catalogs: Catalog[]; diagnostics: Diagnostic[] } {
  const catalogs: Catalog[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const { path, value } of workspace.catalogs) {
    const parsed = parseCatalog(value);
    if ('catalog' in parsed) catalogs.push(parsed.catalog);
    else diagnostics.push(catalogInvalid(path, parsed.error));
  }
  return { catalogs, diagnostics };
}

function catalogInvalid(file: string, message: string): Diagnostic {
  return { code: 'catalog-invalid', severity: 'error', message, file, range: null };
}

/** Warns where every call must come out denied: a workspace without a permit is rarely meant. */
function nothingAllows(workspace: Workspace, policies: LoadedPolicies): Diagnostic[] {
  const { enforced } = policies;
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
