export { type AnswerSet, answerPrepared, answerSet, mayMatter, type SetAnswer } from './answer.ts';
export { stronger } from './combine.ts';
export { buildFacts, missingFacts } from './facts.ts';
export { createPdp, type Pdp, type PdpDecision, type PdpOptions, type PdpSet } from './pdp.ts';
export {
  type HeldSession,
  HISTORY_ARGS_LENGTH,
  HISTORY_LENGTH,
  openSession,
  type Session,
  type SessionNeeds,
  sessionNeeds,
  sessionOpener,
} from './session.ts';
