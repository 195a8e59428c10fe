/** Orders ids as people count: 9 before 12, `14(4)(d)` before `14(4)(e)`, numbers before words. */
export function naturalCompare(a: string, b: string): number {
  const left = runsOf(a);
  const right = runsOf(b);
  for (let index = 0; index < left.length && index < right.length; index++) {
    const order = compareRuns(left[index]!, right[index]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function runsOf(text: string): readonly string[] {
  return text.match(/\d+|\D+/g) ?? [];
}

function compareRuns(a: string, b: string): number {
  const isNumber = /^\d/.test(a);
  if (isNumber !== /^\d/.test(b)) return isNumber ? -1 : 1;
  if (!isNumber) return compareText(a, b);
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareText(left, right);
}

/** By UTF-16 unit, whatever the locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
