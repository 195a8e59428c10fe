/** Results of commands to text. A format is one file; an unknown one is answered with the keys of these tables. */
import type {
  AgentsReport,
  CheckReport,
  DiffReport,
  ExplainReport,
  GateReport,
  ReplayReport,
  SimulationReport,
  TestReport,
  TrailReport,
  VerifyReport,
} from '@benchbook/model';
import { agentsJson } from './agents/json.ts';
import { agentsText } from './agents/text.ts';
import { auditJson } from './audit/verify-json.ts';
import { auditText } from './audit/verify-text.ts';
import { checkGithub } from './check/github.ts';
import { checkJson } from './check/json.ts';
import { checkSarif } from './check/sarif.ts';
import { checkText } from './check/text.ts';
import { cobertura } from './covered/cobertura.ts';
import { lcov } from './covered/lcov.ts';
import { diffHtml } from './diff/html.ts';
import { diffJson } from './diff/json.ts';
import { diffMarkdown } from './diff/markdown.ts';
import { diffSarif } from './diff/sarif.ts';
import { diffText } from './diff/text.ts';
import { explainJson } from './explain/json.ts';
import { explainText } from './explain/text.ts';
import { gateJson, verifyJson } from './gate/json.ts';
import { gateMarkdown, verifyMarkdown } from './gate/markdown.ts';
import { gateText, verifyText } from './gate/text.ts';
import { replayCsv } from './replay/csv.ts';
import { replayHtml } from './replay/html.ts';
import { replayInToto } from './replay/in-toto.ts';
import { replayJson } from './replay/json.ts';
import { replayJunit } from './replay/junit.ts';
import { replayMarkdown } from './replay/markdown.ts';
import { replayOscal } from './replay/oscal.ts';
import { replaySarif } from './replay/sarif.ts';
import { replayText } from './replay/text.ts';
import type { Reporters } from './reporter.ts';
import { simulateHtml } from './simulate/html.ts';
import { simulateJson } from './simulate/json.ts';
import { simulateMarkdown } from './simulate/markdown.ts';
import { simulateText } from './simulate/text.ts';
import { testJson } from './test/json.ts';
import { testJunit } from './test/junit.ts';
import { testMarkdown } from './test/markdown.ts';
import { testText } from './test/text.ts';

export { auditExports, type TrailExport } from './audit/export.ts';
export { visible } from './format/visible.ts';
export { replayNeeds } from './needs.ts';
export { type Panel, type PanelOptions, panelHtml } from './panel/panel.ts';
export type { Reporter, ReporterOptions, Reporters } from './reporter.ts';
export { simulationPanel } from './simulate/panel.ts';

export const replayReporters: Reporters<ReplayReport> = {
  text: replayText,
  json: replayJson,
  markdown: replayMarkdown,
  html: replayHtml,
  junit: replayJunit,
  sarif: replaySarif,
  lcov,
  cobertura,
  csv: replayCsv,
  oscal: replayOscal,
  'in-toto': replayInToto,
};

export const diffReporters: Reporters<DiffReport> = {
  text: diffText,
  json: diffJson,
  markdown: diffMarkdown,
  html: diffHtml,
  sarif: diffSarif,
};

export const agentsReporters: Reporters<AgentsReport> = {
  text: agentsText,
  json: agentsJson,
};

export const checkReporters: Reporters<CheckReport> = {
  text: checkText,
  json: checkJson,
  sarif: checkSarif,
  github: checkGithub,
};

export const explainReporters: Reporters<ExplainReport> = {
  text: explainText,
  json: explainJson,
};

export const testReporters: Reporters<TestReport> = {
  text: testText,
  json: testJson,
  markdown: testMarkdown,
  junit: testJunit,
  lcov,
  cobertura,
};

export const auditReporters: Reporters<TrailReport> = {
  text: auditText,
  json: auditJson,
};

export const gateReporters: Reporters<GateReport> = {
  text: gateText,
  json: gateJson,
  markdown: gateMarkdown,
};

export const verifyReporters: Reporters<VerifyReport> = {
  text: verifyText,
  json: verifyJson,
  markdown: verifyMarkdown,
};

export const simulateReporters: Reporters<SimulationReport> = {
  text: simulateText,
  json: simulateJson,
  markdown: simulateMarkdown,
  html: simulateHtml,
};
