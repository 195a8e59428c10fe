/**
 * The policy file that a tests file is about, or what to do where there is none: `X.tests.yaml` stands beside
 * `X.cel.yaml` or `X.cel`, a bare `tests.yaml` in the folder of the one policy that it can mean.
 */
export function targetOf(path: string, policies: readonly string[]): { path: string } | { problem: string } {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const base = path.slice(folder.length);
  if (base !== 'tests.yaml') {
    const name = base.replace(/\.tests\.yaml$/, '');
    const wanted = [`${name}.cel.yaml`, `${name}.cel`, ...(name.endsWith('.cel') ? [name] : [])];
    const found = wanted.find((candidate) => policies.includes(folder + candidate));
    if (found !== undefined) return { path: folder + found };
    return { problem: `there is no policy \`${wanted[0]}\` or \`${wanted[1]}\` beside it` };
  }
  const beside = policies.filter((policy) => policy.slice(0, policy.lastIndexOf('/') + 1) === folder);
  const [only, other] = beside;
  if (only !== undefined && other === undefined) return { path: only };
  const advice = 'name the file after its policy, as `X.tests.yaml` beside `X.cel.yaml`';
  return {
    problem: `its folder holds ${beside.length === 0 ? 'no' : beside.length} CEL policies: ${advice}`,
  };
}
