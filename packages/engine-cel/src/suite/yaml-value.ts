/** YAML as CEL values, as cel-go takes the `value` of a test. */
import { MAX_JSON_DEPTH } from '@benchbook/model';
import { isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import {
  CelMap,
  CelTimestamp,
  CelUint,
  fitsInt,
  type MapKey,
  parseTimestamp,
  UINT_MAX,
  type Value,
} from '../values/index.ts';
import { type SuiteNodes, SuiteProblem } from './nodes.ts';

const PREFIX = 'tag:yaml.org,2002:';
const TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq', 'timestamp'].map((tag) => PREFIX + tag),
);

/** Integers are `int`, numbers with a fraction `double`, times without quotes timestamps. */
export function yamlValue(node: Node | null, nodes: SuiteNodes, depth = 0): Value {
  if (depth > MAX_JSON_DEPTH) throw new SuiteProblem(`nested deeper than ${MAX_JSON_DEPTH} levels`);
  if (node === null) return null;
  const tag = 'tag' in node ? node.tag : undefined;
  if (tag && !TAGS.has(tag)) throw new SuiteProblem(`the tag \`${tag.slice(0, 80)}\` means nothing here`);
  if (isScalar(node)) return scalarValue(node);
  if (isSeq(node)) return node.items.map((item) => yamlValue(nodes.follow(item), nodes, depth + 1));
  if (!isMap(node)) throw new SuiteProblem('this is no value');
  const entries = new Map<MapKey, Value>();
  for (const pair of node.items) {
    const key = yamlValue(nodes.follow(pair.key), nodes, depth + 1);
    if (typeof key !== 'string' && typeof key !== 'bigint' && typeof key !== 'boolean') {
      throw new SuiteProblem('the key of a map must be a string, an integer or a boolean');
    }
    if (entries.has(key)) throw new SuiteProblem(`\`${String(key).slice(0, 80)}\` stands twice in a map`);
    entries.set(key, yamlValue(nodes.follow(pair.value), nodes, depth + 1));
  }
  return new CelMap(entries);
}

function scalarValue(node: Scalar): Value {
  const { value } = node;
  switch (typeof value) {
    case 'string':
      return timeOf(node, value) ?? value;
    case 'bigint':
      if (fitsInt(value)) return value;
      return value > 0n && value <= UINT_MAX ? new CelUint(value) : Number(value);
    case 'number':
    case 'boolean':
      return value;
    default:
      return null;
  }
}

const DATE = /^\d{4}-\d\d-\d\d$/;

/** YAML's own times: as they stand, without quotes. */
function timeOf(node: Scalar, text: string): CelTimestamp | null {
  if (node.type !== 'PLAIN' && node.tag !== `${PREFIX}timestamp`) return null;
  const nanos = parseTimestamp(DATE.test(text) ? `${text}T00:00:00Z` : text);
  return nanos === null ? null : new CelTimestamp(nanos);
}
