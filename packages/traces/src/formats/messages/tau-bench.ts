import type { JsonObject } from '@benchbook/model';
import { defined } from '../../call/finish.ts';
import { identifier, object, objects, text, word } from '../../json/access.ts';
import type { Format } from '../format.ts';
import { toldResults } from './blocks.ts';
import { Conversation } from './conversation.ts';

/** Trajectories of tau-bench: a list of `{ task_id, trial, reward, traj }`, messages as OpenAI's chat has them. */
export const tauBench: Format = {
  name: 'tau-bench',
  title: 'tau-bench trajectories',
  separate: true,
  detect(value) {
    const run = object(value);
    return run !== undefined && 'task_id' in run && Array.isArray(run.traj);
  },
  open: (output) => ({
    read(value, place) {
      const run = object(value);
      if (!run || !tauBench.detect(run)) {
        output.problem(place, 'no tau-bench trajectory');
        return;
      }
      const task = object(object(run.info)?.task);
      const user = word(task?.user_id);
      const conversation = new Conversation(output, place, {
        session: sessionOf(run, place.session),
        user: user === undefined ? undefined : { id: user },
        labels: defined({ task: run.task_id, trial: run.trial, reward: run.reward }),
      });
      for (const message of objects(run.traj)) {
        if (message.role === 'tool') for (const told of toldResults(message)) conversation.tell(judged(told));
        else conversation.message(message);
      }
      conversation.end();
    },
    end() {},
  }),
};

/** Task and trial tell runs of one file apart; the environment is in none of its fields. */
function sessionOf(run: JsonObject, path: string): string {
  const file = path.replace(/\[\d+\]$/, '');
  return `${file}/task${identifier(run.task_id) ?? '?'}/trial${identifier(run.trial) ?? '0'}`;
}

/** Its tools report failure as a text. */
function judged(told: ReturnType<typeof toldResults>[number]): typeof told {
  const content = text(told.result.content);
  return content?.startsWith('Error') ? { ...told, result: { status: 'error', content } } : told;
}
