package main

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/bundle"
	"github.com/open-policy-agent/opa/v1/compile"
	"github.com/open-policy-agent/opa/v1/types"
)

type planParams struct {
	Handle      int      `json:"handle"`
	Entrypoints []string `json:"entrypoints"` // slash paths below `data`
}

type planResult struct {
	Wasm []byte `json:"wasm,omitempty"` // base64 in JSON
	// The builtins that the policy asks of its host, by the name it asks for.
	Builtins map[string]string `json:"builtins,omitempty"`
	// Places of the input that must hold no object: parts are `.key`, or `*` for every member.
	Guards [][]string `json:"guards,omitempty"`
	// Why this cannot go to the fast lane; empty with Wasm.
	Kept string `json:"kept"`
}

// planHandle compiles entrypoints of one set to a policy.wasm for the fast lane, or says why the lanes could differ.
func planHandle(p planParams) (planResult, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return planResult{}, err
	}
	if len(p.Entrypoints) == 0 {
		return planResult{}, errors.New("no entrypoint")
	}
	l, err := w.linkedFor("data." + strings.ReplaceAll(p.Entrypoints[0], "/", "."))
	if err != nil {
		return planResult{}, err
	}
	refs := make([]ast.Ref, 0, len(p.Entrypoints))
	for _, entrypoint := range p.Entrypoints {
		refs = append(refs, dataRef(strings.Split(entrypoint, "/")))
	}
	lanes := checkLanes(l, w.data, refs)
	if lanes.Kept != "" {
		return planResult{Kept: lanes.Kept}, nil
	}
	modules := []bundle.ModuleFile{}
	asked := map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(l.modules)) {
		// As compiled: every name is resolved, and what one expression ranges over is an expression of its own.
		m := l.compiler.Modules[path].Copy()
		m.Imports = nil
		routeModule(m, asked)
		countSteps(m)
		modules = append(modules, bundle.ModuleFile{URL: path, Path: path, Parsed: m})
	}
	c := compile.New().
		WithTarget(compile.TargetWasm).
		WithCapabilities(routedCapabilities()).
		WithEntrypoints(p.Entrypoints...).
		WithPruneUnused(true).
		WithRegoVersion(ast.RegoV1).
		WithBundle(&bundle.Bundle{Modules: modules, Data: map[string]any{}, Manifest: bundle.Manifest{}})
	if err := c.Build(context.Background()); err != nil {
		return planResult{Kept: err.Error()}, nil
	}
	return planResult{Wasm: c.Bundle().WasmModules[0].Raw, Builtins: asked, Guards: lanes.Guards}, nil
}

// Builtins that the compiled policy may run by itself: they are total (no error can hide in them) and agree
// with OPA's own on every value the fast lane is given. Every other call leaves the module, see `routed`.
var native = map[string]bool{
	"eq": true, "assign": true, "equal": true, "neq": true, "lt": true, "lte": true, "gt": true, "gte": true,
	"internal.member_2": true, "internal.member_3": true,
	"is_number": true, "is_string": true, "is_boolean": true, "is_array": true, "is_object": true,
	"is_set": true, "is_null": true, "type_name": true, "walk": true,
	"internal.print": true, "print": true,
}

const routePrefix = "benchbook_route"

// routed is the name under which a call leaves the compiled policy: one that the Wasm compiler does not know,
// so that it asks the host.
func routed(name string) ast.Ref {
	ref := ast.Ref{ast.VarTerm(routePrefix)}
	for part := range strings.SplitSeq(name, ".") {
		ref = append(ref, ast.StringTerm(part+"_")) // never a keyword, as `contains` is one
	}
	return ref
}

var routedCaps *ast.Capabilities

func routedCapabilities() *ast.Capabilities {
	if routedCaps == nil {
		c := ast.CapabilitiesForThisVersion()
		for _, b := range slices.Clone(c.Builtins) {
			if !native[b.Name] || strings.HasPrefix(b.Name, "internal.member") {
				clone := *b
				clone.Name = routed(b.Name).String()
				clone.Infix = ""
				c.Builtins = append(c.Builtins, &clone)
			}
		}
		c.Builtins = append(c.Builtins, &ast.Builtin{Name: stepName, Decl: types.NewFunction(nil, types.B)})
		routedCaps = c
	}
	return routedCaps
}

// routeModule renames builtin calls, and notes them.
func routeModule(m *ast.Module, asked map[string]string) {
	rename := func(call []*ast.Term) {
		ref, ok := call[0].Value.(ast.Ref)
		if !ok || len(ref) == 0 {
			return
		}
		name := ref.String()
		b := ast.BuiltinMap[name]
		if b == nil || native[name] && !captured(b, call) {
			return
		}
		to := routed(name)
		call[0].Value = to
		asked[to.String()] = name
	}
	ast.WalkExprs(m, func(x *ast.Expr) bool {
		if terms, ok := x.Terms.([]*ast.Term); ok && x.IsCall() {
			rename(terms)
		}
		return false
	})
	ast.WalkTerms(m, func(t *ast.Term) bool {
		if call, ok := t.Value.(ast.Call); ok && len(call) > 0 {
			rename(call)
		}
		return false
	})
}

// captured: `x := a in b` is compiled to a call that the compiler takes no second time under its own name.
func captured(b *ast.Builtin, call []*ast.Term) bool {
	return strings.HasPrefix(b.Name, "internal.member") && len(call)-1 > b.Decl.Arity()
}
