package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// decideParams asks one reference for each of several inputs.
type decideParams struct {
	Handle int    `json:"handle"`
	Ref    string `json:"ref"`
	Budget int    `json:"budget"`
	Rows   []row  `json:"rows"`
}

// row is one request: the input's JSON text as it is, and the call's time (RFC 3339), if it is known.
type row struct {
	Input json.RawMessage `json:"input"`
	Time  string          `json:"time"`
}

// answer is what OPA says. Value is absent where the reference is undefined or evaluation failed.
type answer struct {
	Value  string      `json:"value,omitempty"`  // a Rego literal, sets as sets
	Failed *evalError  `json:"failed,omitempty"` // evaluation gave no answer
	Errors []evalError `json:"errors,omitempty"` // absorbed: the builtin was undefined
	Steps  int         `json:"steps"`
}

// evalError: kind is `runtime`, `budget`, `outside` (asked what no recording holds) or `time`.
type evalError struct {
	Kind    string `json:"kind"`
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file"`
	Row     int    `json:"row"`
	Offset  int    `json:"offset"`
}

func decideRows(p decideParams) ([]answer, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return nil, err
	}
	l, err := w.linkedFor(p.Ref)
	if err != nil {
		return nil, err
	}
	query, err := l.query(p.Ref)
	if err != nil {
		return nil, err
	}
	out := make([]answer, 0, len(p.Rows))
	for _, r := range p.Rows {
		a, err := w.evaluate(l.compiler, query, r, p.Budget)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

const resultVar = "benchbook_result"

// query compiles `benchbook_result = ref` once.
func (l *linkage) query(ref string) (ast.Body, error) {
	if body, ok := l.queries[ref]; ok {
		return body, nil
	}
	parsed, err := ast.ParseRef(ref)
	if err != nil {
		return nil, err
	}
	body, err := l.compiler.QueryCompiler().Compile(ast.NewBody(ast.Equality.Expr(ast.VarTerm(resultVar), ast.NewTerm(parsed))))
	if err != nil {
		return nil, err
	}
	l.queries[ref] = body
	return body, nil
}

func (w *workspace) evaluate(c *ast.Compiler, query ast.Body, r row, steps int) (answer, error) {
	a := answer{}
	ran, err := w.run(c, query, r, steps, nil, func(qr topdown.QueryResult) error {
		if term := qr[ast.Var(resultVar)]; term != nil {
			a.Value = string(regoText(term.Value))
		}
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	a.Steps = ran.steps
	for i := range ran.absorbed {
		a.Errors = append(a.Errors, errorOf(&ran.absorbed[i]))
	}
	if ran.failed != nil {
		a.Value = ""
		a.Failed = ran.failed
	}
	return a, nil
}

// outcome is how an evaluation went, beside its results.
type outcome struct {
	steps    int
	absorbed []topdown.Error // builtins were undefined
	failed   *evalError      // evaluation gave no answer
}

// run evaluates a query for one request, with what the request may know and no more steps than it may take.
func (w *workspace) run(c *ast.Compiler, query ast.Body, r row, steps int, options func(*topdown.Query), each func(topdown.QueryResult) error) (outcome, error) {
	ctx := context.Background()
	txn, err := w.store.NewTransaction(ctx)
	if err != nil {
		return outcome{}, err
	}
	defer w.store.Abort(ctx, txn)
	cancel := &budget{left: steps}
	out := outcome{absorbed: []topdown.Error{}}
	at, known := callTime(r.Time)
	guard = &guardState{timeKnown: known}
	defer func() { guard = nil }()

	q := topdown.NewQuery(query).
		WithCompiler(c).
		WithStore(w.store).
		WithTransaction(txn).
		WithCancel(cancel).
		WithTime(at).
		WithSeed(zeroes{}).
		WithBuiltinErrorList(&out.absorbed)
	if options != nil {
		options(q)
	}
	if len(r.Input) > 0 {
		value, err := parseJSON(r.Input)
		if err != nil {
			return outcome{}, fmt.Errorf("input: %w", err)
		}
		q = q.WithInput(ast.NewTerm(value))
	}
	err = q.Iter(ctx, each)
	out.steps = steps - cancel.left
	if err != nil {
		failed := errorOf(err)
		switch {
		case guard.asked != "" && contains(timeBuiltins, guard.asked):
			failed.Kind = "time"
		case guard.asked != "":
			failed.Kind = "outside"
		case cancel.stopped:
			failed.Kind = "budget"
			failed.Message = fmt.Sprintf("stopped after %d steps", steps)
		}
		out.failed = &failed
	}
	return out, nil
}

func errorOf(err error) evalError {
	out := evalError{Kind: "runtime", Message: err.Error(), Offset: -1}
	var e *topdown.Error
	if errors.As(err, &e) {
		out.Code, out.Message = e.Code, e.Message
		if e.Location != nil {
			out.File, out.Row, out.Offset = e.Location.File, e.Location.Row, e.Location.Offset
		}
	}
	return out
}

// callTime reads the call's time; without one the clock stands at the epoch and may not be asked.
func callTime(text string) (time.Time, bool) {
	if t, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(text)); err == nil {
		return t, true
	}
	return time.Unix(0, 1), false
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// zeroes is the pinned randomness: the same call gives the same ids every time.
type zeroes struct{}

func (zeroes) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
