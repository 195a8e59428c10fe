import { readRegistry, simulate } from '@benchbook/governance';
import type { PdpState, Refusal, SimulationReport } from '@benchbook/model';
import type { Loaded } from '../loop/loop.ts';
import { type ReportPorts, refusalOf } from './report.ts';

/** The recorded calls through a PEP whose PDP is in trouble for a while, or why they cannot be played. */
export async function simulationOf(
  loaded: Loaded | null,
  state: PdpState,
  ports: ReportPorts,
): Promise<SimulationReport | Refusal> {
  const refusal = refusalOf(loaded, true);
  if (refusal || !loaded) return refusal ?? { refused: 'the policies could not be loaded' };
  const { prepared } = loaded;
  const { agents } = readRegistry(prepared.workspace);
  const { report } = await simulate(prepared, agents, await ports.recordings(), { state }, {}, ports.table);
  return report;
}
