package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// What was seen of a site; several may be set.
const (
	seenEvaluated = 1 << iota
	seenHeld
	seenFailed
	seenError
)

// compiledExpr tells what a compiled expression is of its source expression.
type compiledExpr struct {
	site    int
	last    bool // of the compiled ones that stand for its source expression in one body
	inverse bool // it holds where its site does not
	negated bool // a negation of one expression, which OPA does not trace when it holds
}

// compiledRule tells what a compiled rule, or an else of it, is of its source.
type compiledRule struct {
	head   int // site, or -1
	number int // of the clause
}

// traceMap finds the source of what OPA traces.
type traceMap struct {
	table *siteTable
	exprs map[*ast.Expr]compiledExpr
	rules map[*ast.Rule]compiledRule
}

// newTraceMap holds compiled modules against the sources they were made from.
func newTraceMap(t *siteTable, c *ast.Compiler) *traceMap {
	m := &traceMap{table: t, exprs: map[*ast.Expr]compiledExpr{}, rules: map[*ast.Rule]compiledRule{}}
	for _, module := range c.Modules {
		for _, rule := range module.Rules {
			source := t.rules[placeOf(rule)]
			i := 0
			for r := rule; r != nil; r = r.Else {
				if source != nil && i < len(source.heads) {
					m.rules[r] = compiledRule{head: source.heads[i], number: source.number}
				}
				nestedBodies(r.Head, func(body ast.Body) { m.body(body, -1) })
				m.body(r.Body, -1)
				i++
			}
		}
	}
	return m
}

// body notes the expressions of a compiled body that stands inside what was made of the site `around`. What the
// compiler put there of that very site (the head of a comprehension, a captured operand) tells nothing of it.
func (m *traceMap) body(body ast.Body, around int) {
	last := map[int]*ast.Expr{}
	for _, expr := range body {
		inside := around
		if r := m.table.at(expr.Location); r != nil && r.site != around {
			inside = r.site
			_, isNot := expr.Terms.(*ast.Not)
			m.exprs[expr] = compiledExpr{site: r.site, inverse: r.inverse && (expr.Negated || isNot), negated: expr.Negated}
			last[r.site] = expr
		}
		nestedBodies(expr, func(inner ast.Body) { m.body(inner, inside) })
	}
	for _, expr := range last {
		e := m.exprs[expr]
		e.last = true
		m.exprs[expr] = e
	}
}

// coverTracer notes what an evaluation exercises.
type coverTracer struct {
	source  *traceMap
	seen    []uint8     // by site
	query   []uint64    // by site: the query that evaluates it
	open    []*ast.Expr // by site: what was begun of it last, and neither held nor failed yet
	entered []bool      // by clause
	exited  []bool
	pending []pendingNegation
}

type pendingNegation struct {
	query uint64
	site  int
}

func newCoverTracer(source *traceMap) *coverTracer {
	clauses := len(source.table.order)
	return &coverTracer{
		source:  source,
		seen:    make([]uint8, len(source.table.sites)),
		query:   make([]uint64, len(source.table.sites)),
		open:    make([]*ast.Expr, len(source.table.sites)),
		entered: make([]bool, clauses),
		exited:  make([]bool, clauses),
	}
}

func (*coverTracer) Enabled() bool { return true }

func (*coverTracer) Config() topdown.TraceConfig { return topdown.TraceConfig{} }

func (t *coverTracer) TraceEvent(event topdown.Event) {
	switch event.Op {
	case topdown.EvalOp, topdown.RedoOp, topdown.FailOp:
		if expr, ok := event.Node.(*ast.Expr); ok {
			t.expression(event.Op, expr, event.QueryID)
		}
	case topdown.EnterOp:
		if rule, ok := event.Node.(*ast.Rule); ok {
			if r, known := t.source.rules[rule]; known {
				t.entered[r.number] = true
			}
		}
	case topdown.ExitOp:
		t.passed(event.QueryID)
		if rule, ok := event.Node.(*ast.Rule); ok {
			if r, known := t.source.rules[rule]; known {
				t.exited[r.number] = true
				if r.head >= 0 {
					t.seen[r.head] |= seenEvaluated
				}
			}
		}
	}
}

func (t *coverTracer) expression(op topdown.Op, expr *ast.Expr, query uint64) {
	if op == topdown.EvalOp {
		t.passed(query)
	}
	e, ok := t.source.exprs[expr]
	if !ok {
		return
	}
	held, failed := uint8(seenHeld), uint8(seenFailed)
	if e.inverse {
		held, failed = failed, held
	}
	switch op {
	case topdown.EvalOp:
		t.seen[e.site] |= seenEvaluated
		t.open[e.site] = expr
		if e.last {
			t.query[e.site] = query
		}
		if e.negated {
			t.pending = append(t.pending, pendingNegation{query, e.site})
		}
		return
	case topdown.RedoOp:
		// `every` is traced in the query over its domain too, for each member.
		if e.last && t.query[e.site] != query {
			return
		}
		if e.last {
			t.seen[e.site] |= held
		}
	case topdown.FailOp:
		t.seen[e.site] |= failed
		if n := len(t.pending); e.negated && n > 0 && t.pending[n-1].site == e.site {
			t.pending = t.pending[:n-1]
		}
	}
	if t.open[e.site] == expr {
		t.open[e.site] = nil
	}
}

// passed: a query goes on to its next expression, so that the negation it stood at holds.
func (t *coverTracer) passed(query uint64) {
	n := len(t.pending)
	if n == 0 || t.pending[n-1].query != query {
		return
	}
	site := t.pending[n-1].site
	t.pending = t.pending[:n-1]
	t.seen[site] |= seenFailed
	t.open[site] = nil
}

// absorbed notes a builtin's error that OPA took as undefined.
func (t *coverTracer) absorbed(err *topdown.Error) {
	if r := t.source.table.at(err.Location); r != nil {
		t.seen[r.site] |= seenError
	}
}

// ended settles what was under way when the evaluation stopped: an error ended it there.
func (t *coverTracer) ended(failed bool) {
	for i, expr := range t.open {
		if expr != nil && failed {
			t.seen[i] |= seenError
		}
		t.open[i] = nil
	}
	t.pending = t.pending[:0]
}

// letter of a condition's state: `t`rue, `f`alse, `e`rror or `u`nreached.
func letter(seen uint8) byte {
	switch {
	case seen&seenHeld != 0:
		return 't'
	case seen&seenError != 0:
		return 'e'
	case seen&seenEvaluated != 0:
		return 'f'
	}
	return 'u'
}
