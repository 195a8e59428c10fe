import { type Json, type JsonObject, setOwn } from '@benchbook/model';
import { object, objects, text, word } from '../../json/access.ts';
import type { Format } from '../format.ts';
import { Conversation } from './conversation.ts';

/** A run of the AgentDojo benchmark: one document of messages and of what the run proved. */
export const agentdojo: Format = {
  name: 'agentdojo',
  title: 'AgentDojo runs',
  separate: true,
  detect(value) {
    const run = object(value);
    return text(run?.suite_name) !== undefined && text(run?.user_task_id) !== undefined;
  },
  open: (output) => ({
    read(value, place) {
      const run = object(value);
      if (!run || !agentdojo.detect(run)) {
        output.problem(place, 'no AgentDojo run');
        return;
      }
      const pipeline = word(run.pipeline_name);
      const conversation = new Conversation(output, place, {
        session: sessionOf(run),
        agent: pipeline === undefined ? undefined : { id: pipeline },
        server: word(run.suite_name),
        labels: labelsOf(run),
      });
      for (const message of objects(run.messages)) conversation.message(message);
      conversation.end();
    },
    end() {},
  }),
};

/** What names a run among the benchmark's. */
function sessionOf(run: JsonObject): string {
  const parts = [run.pipeline_name, run.suite_name, run.user_task_id, run.attack_type, run.injection_task_id];
  return parts.map((part) => word(part) ?? 'none').join('/');
}

/** In an attacked run `security` says that the attack reached its goal; in a benign one it says nothing. */
function labelsOf(run: JsonObject): JsonObject {
  const attacked = word(run.injection_task_id) !== undefined;
  const labels: Record<string, Json> = {
    kind: attacked ? 'attacked' : 'benign',
    user_task: run.user_task_id ?? null,
    injection_task: run.injection_task_id ?? null,
    attack: run.attack_type ?? null,
    attack_succeeded: attacked ? (run.security ?? null) : null,
    trace_utility: run.utility ?? null,
  };
  for (const name of ['security', 'utility', 'benchmark_version']) {
    const value = run[name];
    if (value !== undefined) setOwn(labels, name, value);
  }
  return labels;
}
