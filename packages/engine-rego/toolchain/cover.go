package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// placeInfo is an extent of a file, in UTF-8 bytes.
type placeInfo struct {
	File   string `json:"file"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// conditionInfo is a condition with the clause of a decision rule that it stands in; -1 where it is a helper's.
type conditionInfo struct {
	placeInfo
	Rule       int         `json:"rule"`
	Clause     int         `json:"clause"`
	Comparison *comparison `json:"comparison,omitempty"`
}

// setSites are the sites of all rules that a set uses, by file and place.
type setSites struct {
	conditions []int
	statements []int
	refs       []ast.Ref
	clauses    []*ruleSites // of the decision rules, rule by rule
	ofClause   map[int][2]int
}

func newSetSites(w *workspace, set setSpec, uses map[*ast.Rule]bool) setSites {
	own := setSites{ofClause: map[int][2]int{}}
	for i, rule := range set.Rules {
		own.refs = append(own.refs, dataRef(rule.Path))
		for j, spec := range rule.Clauses {
			sites := w.clauseSites(spec)
			own.clauses = append(own.clauses, sites)
			if sites == nil {
				continue
			}
			for _, s := range sites.all {
				own.ofClause[s] = [2]int{i, j}
			}
		}
	}
	all := map[int]bool{}
	for rule := range uses {
		if sites := w.sites.rules[placeOf(rule)]; sites != nil {
			for _, s := range sites.all {
				all[s] = true
			}
		}
	}
	for _, s := range slices.SortedFunc(maps.Keys(all), w.sites.compare) {
		if w.sites.sites[s].statement {
			own.statements = append(own.statements, s)
		} else {
			own.conditions = append(own.conditions, s)
		}
	}
	return own
}

func (w *workspace) clauseSites(spec clauseSpec) *ruleSites {
	m := w.modules[spec.File]
	if m == nil || spec.Rule >= len(m.Rules) {
		return nil
	}
	return w.sites.rules[placeOf(m.Rules[spec.Rule])]
}

// compare orders sites by file and place, what stands around another first.
func (t *siteTable) compare(i, j int) int {
	a, b := t.sites[i], t.sites[j]
	return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.offset, b.offset), cmp.Compare(b.length, a.length), cmp.Compare(i, j))
}

func (own *setSites) describe(t *siteTable) ([]conditionInfo, []placeInfo) {
	conditions := make([]conditionInfo, 0, len(own.conditions))
	for _, i := range own.conditions {
		s := t.sites[i]
		info := conditionInfo{placeInfo: placeInfo{s.file, s.offset, s.length}, Rule: -1, Clause: -1, Comparison: s.comparison}
		if clause, ok := own.ofClause[i]; ok {
			info.Rule, info.Clause = clause[0], clause[1]
		}
		conditions = append(conditions, info)
	}
	statements := make([]placeInfo, 0, len(own.statements))
	for _, i := range own.statements {
		s := t.sites[i]
		statements = append(statements, placeInfo{s.file, s.offset, s.length})
	}
	return conditions, statements
}

// write tells what was seen of a set's sites: a letter for each condition, then `1` or `0` for each statement.
func (own *setSites) write(seen []uint8) string {
	out := make([]byte, 0, len(own.conditions)+len(own.statements))
	for _, s := range own.conditions {
		out = append(out, letter(seen[s]))
	}
	for _, s := range own.statements {
		if seen[s]&seenEvaluated != 0 {
			out = append(out, '1')
		} else {
			out = append(out, '0')
		}
	}
	return string(out)
}

// writeClauses tells of each clause of the decision rules, rule by rule: `a`pplied, `s`ilent or `u`nreached.
func (own *setSites) writeClauses(t *coverTracer) string {
	out := make([]byte, 0, len(own.clauses))
	for _, clause := range own.clauses {
		switch {
		case clause == nil || !t.entered[clause.number]:
			out = append(out, 'u')
		case t.exited[clause.number]:
			out = append(out, 'a')
		default:
			out = append(out, 's')
		}
	}
	return string(out)
}

// covering is what a covering pass evaluates: the modules as the user wrote them, with what they print.
type covering struct {
	compiler *ast.Compiler
	source   *traceMap
	queries  map[int]ast.Body // by set
}

func (w *workspace) coverWith() *covering {
	if w.covering == nil {
		c := w.users
		if prints(w.modules) {
			printing := newCompiler(w.store).WithEnablePrintStatements(true)
			if printing.Compile(maps.Clone(w.modules)); !printing.Failed() {
				c = printing
			}
		}
		w.covering = &covering{compiler: c, source: newTraceMap(w.sites, c), queries: map[int]ast.Body{}}
	}
	return w.covering
}

// prints: without `print`, what decides and what covers compile to the same.
func prints(modules map[string]*ast.Module) bool {
	found := false
	for _, m := range modules {
		ast.WalkExprs(m, func(x *ast.Expr) bool {
			found = found || x.IsCall() && x.Operator().String() == ast.Print.Name
			return found
		})
	}
	return found
}

// query asks the decision rules of a set, one after the other, whatever each is.
func (cov *covering) query(set int, refs []ast.Ref) (ast.Body, error) {
	if body, ok := cov.queries[set]; ok {
		return body, nil
	}
	body := ast.Body{}
	for i, ref := range refs {
		value := ast.VarTerm("value")
		asked := ast.NewBody(ast.Equality.Expr(value, ast.NewTerm(ref)))
		found := ast.VarTerm(fmt.Sprintf("%s%d", ast.WildcardPrefix, i))
		body.Append(ast.Equality.Expr(found, ast.ArrayComprehensionTerm(value, asked)))
	}
	compiled, err := cov.compiler.QueryCompiler().Compile(body)
	if err != nil {
		return nil, err
	}
	cov.queries[set] = compiled
	return compiled, nil
}

type coverParams struct {
	Handle int `json:"handle"`
	Set    int `json:"set"`
	Budget int `json:"budget"`
	Row    row `json:"row"`
}

// coverRow evaluates a set for one request and tells what that exercised, see `write`. Rule indexing and early exit
// are off, so that every clause is looked at. Where that ends in an error, the decision itself may still have got
// further: then what is exercised with them is added.
func coverRow(p coverParams) (string, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return "", err
	}
	if w.users == nil || p.Set < 0 || p.Set >= len(w.sets) {
		return "", errors.New("not compiled")
	}
	cov, own := w.coverWith(), &w.sets[p.Set]
	query, err := cov.query(p.Set, own.refs)
	if err != nil {
		return "", err
	}
	tracer := newCoverTracer(cov.source)
	if err := w.coverInto(tracer, cov.compiler, query, p.Row, p.Budget); err != nil {
		return "", err
	}
	return own.write(tracer.seen), nil
}

// coverInto evaluates a query with as few shortcuts as it takes to come to an end.
func (w *workspace) coverInto(tracer *coverTracer, c *ast.Compiler, query ast.Body, r row, budget int) error {
	for _, shortcuts := range []struct{ indexing, earlyExit bool }{{false, false}, {false, true}, {true, true}} {
		ran, err := w.run(c, query, r, budget, func(q *topdown.Query) {
			q.WithQueryTracer(tracer).WithIndexing(shortcuts.indexing).WithEarlyExit(shortcuts.earlyExit)
		}, func(topdown.QueryResult) error { return nil })
		if err != nil {
			return err
		}
		for i := range ran.absorbed {
			tracer.absorbed(&ran.absorbed[i])
		}
		tracer.ended(ran.failed != nil)
		if ran.failed == nil || ran.failed.Kind == "budget" {
			break
		}
	}
	return nil
}
