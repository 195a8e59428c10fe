package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/tester"
	"github.com/open-policy-agent/opa/v1/topdown"
)

type runTestParams struct {
	Handle int `json:"handle"`
	Test   int `json:"test"` // its number among those that `tests` told
	Budget int `json:"budget"`
}

type runTestResult struct {
	State   string    `json:"state"`   // `passed`, `failed`, `error` or `skipped`
	Message string    `json:"message"` // empty where it passed
	Seen    []setSeen `json:"seen"`    // per set
}

// setSeen is what a test exercised of a set, see `write` and `writeClauses`.
type setSeen struct {
	Cover   string `json:"cover"`
	Clauses string `json:"clauses"`
}

// runTest runs one test as OPA's runner judges it, under a budget of steps, and covers it beside that.
func runTest(p runTestParams) (runTestResult, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return runTestResult{}, err
	}
	if w.tests == nil || p.Test < 0 || p.Test >= len(w.tests.cases) {
		return runTestResult{}, errors.New("no such test")
	}
	one := w.tests.cases[p.Test]
	result := runTestResult{State: "skipped", Seen: []setSeen{}}
	if one.info.Skip {
		result.Message = "its name starts with " + tester.SkipTestPrefix
		return result, nil
	}
	tracer := newCoverTracer(w.tests.source)
	if err := w.coverInto(tracer, w.tests.compiler, one.query, row{}, p.Budget); err != nil {
		return result, err
	}
	for i := range w.sets {
		own := &w.sets[i]
		result.Seen = append(result.Seen, setSeen{Cover: own.write(tracer.seen), Clauses: own.writeClauses(tracer)})
	}
	result.State, result.Message, err = w.judge(one, tracer, p.Budget)
	return result, err
}

func (w *workspace) judge(one testCase, seen *coverTracer, budget int) (string, string, error) {
	var value ast.Value
	events := tester.NewTestQueryTracer()
	ran, err := w.run(w.tests.compiler, one.query, row{}, budget, func(q *topdown.Query) {
		q.WithQueryTracer(events)
	}, func(qr topdown.QueryResult) error {
		if term := qr[ast.Var(resultVar)]; term != nil {
			value = term.Value
		}
		return nil
	})
	switch {
	case err != nil:
		return "", "", err
	case ran.failed != nil:
		return "error", told(*ran.failed), nil
	case value == nil:
		return "failed", one.why(seen, ran.absorbed), nil
	case one.rule.Head.DocKind() == ast.PartialObjectDoc:
		if failed := failedCases(value, events.Events()); len(failed) > 0 {
			return "failed", "failed for " + strings.Join(failed, ", "), nil
		}
	case !ast.Boolean(true).Equal(value):
		return "failed", fmt.Sprintf("is %s, but must be true", short(value.String())), nil
	}
	return "passed", "", nil
}

// why names the first expression of an undefined test that did not hold, and what a builtin said, if one erred.
func (one testCase) why(seen *coverTracer, absorbed []topdown.Error) string {
	text := "does not hold"
	if sites := seen.source.table.rules[placeOf(one.rule)]; sites != nil {
		for _, r := range sites.body {
			bits := seen.seen[r.site]
			s := seen.source.table.sites[r.site]
			if s.statement || bits&seenEvaluated == 0 || (bits&seenHeld != 0) != r.inverse {
				continue
			}
			text = fmt.Sprintf("`%s` does not hold (%s:%d)", short(r.text), s.file, s.row)
			break
		}
	}
	if len(absorbed) > 0 {
		text += "; " + told(errorOf(&absorbed[0]))
	}
	return text
}

// failedCases are the names of the cases of a test that did not come out true.
func failedCases(value ast.Value, events []*topdown.Event) []string {
	results := tester.SubResultMap{}
	if object, err := ast.JSON(value); err == nil {
		addCases(results, object)
	}
	for _, event := range events {
		if expr, ok := event.Node.(*ast.Expr); ok {
			if path, ok := expr.Operand(0).Value.(*ast.Array); ok {
				results.Update(*path, nil)
			}
		}
	}
	out := []string{}
	for path, one := range results.Iter {
		if one.Fail && len(one.SubResults) == 0 {
			out = append(out, short(strings.Join(path, "/")))
		}
	}
	return out
}

// addCases notes what a test gave for each of its cases; whatever is not true failed.
func addCases(into tester.SubResultMap, value any) {
	object, ok := value.(map[string]any)
	if !ok {
		return
	}
	for name, member := range object {
		one := &tester.SubResult{Name: name, Fail: member != true, SubResults: tester.SubResultMap{}}
		if _, nested := member.(map[string]any); nested {
			addCases(one.SubResults, member)
			one.Fail = false
			for _, sub := range one.SubResults {
				one.Fail = one.Fail || sub.Fail
			}
		}
		into[name] = one
	}
}

func told(e evalError) string {
	if e.File == "" || e.Row == 0 {
		return e.Message
	}
	return fmt.Sprintf("%s (%s:%d)", e.Message, e.File, e.Row)
}

// short is a text on one line, at most 120 characters of it.
func short(text string) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) > 120 {
		return string(runes[:119]) + "…"
	}
	return string(runes)
}
