/** Policies with the shapes that OPA compiles to something else than what was written. */
export const FIXTURES: Readonly<
  Record<string, { text: string; data?: string; tests?: string; inputs: unknown[] }>
> = {
  'helpers, defaults, else': {
    text: `package a
default allow := false
allow if {
	role == "boss"
	input.args.amount < limit
} else := false if {
	input.args.amount < 0
} else := false
default limit := 10
limit := 100 if input.tool.name == "refund"
limit := 20 if {
	input.tool.name == "pay"
	not input.args.urgent
}
role := input.user.role
deny if { not allow; not role }
`,
    tests: `package a_test
import data.a
test_boss if a.allow with input as {"user": {"role": "boss"}, "args": {"amount": 50}, "tool": {"name": "refund"}}
test_other if not a.allow with input as {"user": {"role": "clerk"}, "args": {"amount": -1}}
`,
    inputs: [
      { user: { role: 'boss' }, args: { amount: 50 }, tool: { name: 'refund' } },
      { user: { role: 'clerk' }, args: { amount: -1, urgent: true }, tool: { name: 'pay' } },
      {},
    ],
  },
  'every, comprehensions, with': {
    text: `package a
deny contains msg if {
	count([y |
		some y in input.args.xs
		y > limit(y)
	]) > 1
	every x in input.args.xs {
		x < 100
		not forbidden[x]
	}
	msg := sprintf("%d %v", [count(input.args.xs), {k: v |
		some k, v in input.args
		k != "xs"
	}])
}
forbidden := {x | some x in data.forbidden; x >
	10}
limit(x) := 5 if x > 3
limit(x) := 0 if {
	x <= 3
	helped with input.args.help as x
}
helped if input.args.help
warn contains "several" if {
	input.args.xs[_] == 1
	input.args.xs[_] == 2; input.args.xs[_] == 3
}
`,
    data: '{"forbidden": [1, 13]}',
    inputs: [{ args: { xs: [6, 7, 8] } }, { args: { xs: [1, 2, 13] } }, { args: { xs: [] } }, { args: {} }],
  },
  'partial sets and objects, functions, errors': {
    text: `package a
allow if grants[input.user.id]["read"]
grants[user][right] if {
	some user, rights in data.rights
	some right in rights
}
deny contains {"msg": "no number", "n": n} if {
	n := to_number(input.args.n)
	n > 3
}
deny contains upper(name) if name := names[_]
names := [lower(n) | n := input.args.names[_]]
is(a, b) if a == b
violation contains $"{input.args.n} is odd" if {
	is(to_number(input.args.n) % 2, 1)
	print("odd", input.args.n)
	true
	{a | a := 1}
}
`,
    data: '{"rights": {"ann": ["read"], "bob": ["write"]}}',
    inputs: [
      { user: { id: 'ann' }, args: { n: '5', names: ['X'] } },
      { user: { id: 'bob' }, args: { n: 'five' } },
      { args: { n: '2', names: [] } },
    ],
  },
  'and, or, not with bodies': {
    text: `package a
import future.keywords.and
import future.keywords.not
import future.keywords.or
deny if input.args.a == 1 and input.args.b == 2
deny if {
	{
		input.args.a == 3
		input.args.b == 4
	} or {
		input.args.c
	}
}
deny if not {
	input.args.a
	input.args.b
}
deny if not input.args.d == 5
`,
    inputs: [{ args: { a: 1, b: 3 } }, { args: { a: 3, b: 4, d: 5 } }, { args: { c: true } }],
  },
};
