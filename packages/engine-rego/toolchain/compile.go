package main

import (
	"context"
	"encoding/json"
	"maps"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/storage"
	"github.com/open-policy-agent/opa/v1/storage/inmem"
)

// setSpec names the decision rules that one set is made of.
type setSpec struct {
	Rules []ruleSpec `json:"rules"`
}

type ruleSpec struct {
	Path    []string     `json:"path"` // below `data`
	Clauses []clauseSpec `json:"clauses"`
}

// clauseSpec points at a clause that `load` described.
type clauseSpec struct {
	File string `json:"file"`
	Rule int    `json:"rule"`
}

type compileParams struct {
	Handle int        `json:"handle"`
	Data   []dataFile `json:"data"`
	Sets   []setSpec  `json:"sets"`
}

type compileResult struct {
	OK          bool            `json:"ok"`
	Diagnostics []diagnostic    `json:"diagnostics"`
	Sets        []setInfo       `json:"sets"`
	Data        json.RawMessage `json:"data,omitempty"`
}

// compileHandle checks all modules together and readies them to decide. Errors are told all at once.
func compileHandle(p compileParams) (compileResult, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return compileResult{}, err
	}
	data, diagnostics := mountData(p.Data)
	result := compileResult{Diagnostics: diagnostics}
	store := inmem.NewFromObjectWithOpts(data, inmem.OptReturnASTValuesOnRead(true), inmem.OptRoundTripOnWrite(false))

	// First what the user wrote, alone: its errors must not be mixed with those of what is added.
	c := newCompiler(store)
	c.Compile(maps.Clone(w.modules))
	if c.Failed() {
		result.Diagnostics = append(result.Diagnostics, diagnosticsOf(c.Errors, "")...)
		return result, nil
	}
	if len(diagnostics) > 0 {
		return result, nil
	}
	w.sites = newSiteTable(w.paths, w.modules)
	result.Sets, w.sets = inspect(w, c, data, p.Sets)

	w.users, w.store, w.data, w.specs = c, store, data, p.Sets
	w.links, w.covering = map[int]*linkage{}, nil
	result.OK = true
	if result.Data, err = encodeJSON(data); err != nil {
		return result, err
	}
	return result, nil
}

func newCompiler(store storage.Store) *ast.Compiler {
	ctx := context.Background()
	txn, _ := store.NewTransaction(ctx)
	return ast.NewCompiler().
		SetErrorLimit(100).
		WithPathConflictsCheck(storage.NonEmpty(ctx, store, txn))
}
