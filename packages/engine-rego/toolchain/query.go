package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// queryParams asks a whole query of modules, as OPA's own conformance cases do.
type queryParams struct {
	Files     []sourceFile    `json:"files"`
	Query     string          `json:"query"`
	Data      map[string]any  `json:"data"`
	Input     json.RawMessage `json:"input"`
	InputTerm string          `json:"inputTerm"`
	Strict    bool            `json:"strict"`
	Budget    int             `json:"budget"`
}

type queryResult struct {
	Bindings []map[string]string `json:"bindings"` // each value as JSON text
	Failed   *evalError          `json:"failed,omitempty"`
}

func runQuery(p queryParams) (queryResult, error) {
	modules := map[string]*ast.Module{}
	for _, f := range p.Files {
		opts := ast.ParserOptions{RegoVersion: regoVersion(f.Version), ProcessAnnotation: true}
		m, err := ast.ParseModuleWithOpts(f.Path, f.Text, opts)
		if err != nil {
			return queryResult{}, err
		}
		modules[f.Path] = m
	}
	compiler := ast.NewCompiler()
	compiler.Compile(modules)
	if compiler.Failed() {
		return queryResult{}, compiler.Errors
	}
	body, err := ast.ParseBody(p.Query)
	if err != nil {
		return queryResult{}, err
	}
	query, err := compiler.QueryCompiler().Compile(body)
	if err != nil {
		return queryResult{}, err
	}
	input, err := queryInput(p)
	if err != nil {
		return queryResult{}, err
	}
	store := inmem.New()
	if p.Data != nil {
		store = inmem.NewFromObject(p.Data)
	}
	ctx := context.Background()
	txn, err := store.NewTransaction(ctx)
	if err != nil {
		return queryResult{}, err
	}
	cancel := &budget{left: p.Budget}
	rs, err := topdown.NewQuery(query).
		WithCompiler(compiler).
		WithStore(store).
		WithTransaction(txn).
		WithInput(input).
		WithStrictBuiltinErrors(p.Strict).
		WithCancel(cancel).
		Run(ctx)
	result := queryResult{Bindings: []map[string]string{}}
	if err != nil {
		failed := errorOf(err)
		if cancel.stopped {
			failed.Kind = "budget"
		}
		failed.Message = err.Error()
		var e *topdown.Error
		if !errors.As(err, &e) {
			failed.Code = ""
		}
		result.Failed = &failed
		return result, nil
	}
	for _, qr := range rs {
		bindings := map[string]string{}
		for name, term := range qr {
			bindings[string(name)] = string(jsonText(term.Value))
		}
		result.Bindings = append(result.Bindings, bindings)
	}
	return result, nil
}

func queryInput(p queryParams) (*ast.Term, error) {
	if p.InputTerm != "" {
		return ast.ParseTerm(p.InputTerm)
	}
	if len(p.Input) == 0 {
		return nil, nil
	}
	v, err := parseJSON(p.Input)
	if err != nil {
		return nil, err
	}
	return ast.NewTerm(v), nil
}
