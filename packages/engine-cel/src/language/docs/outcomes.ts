/** The words that an output may say, documented once for completion and hover. */
export const OUTCOME_WORDS: readonly { readonly word: string; readonly documentation: string }[] = [
  { word: 'allow', documentation: 'The call goes through.' },
  { word: 'deny', documentation: 'The call is stopped.' },
  { word: 'escalate', documentation: 'A person must approve the call.' },
];
