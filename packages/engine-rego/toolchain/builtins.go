package main

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

// builtinInfo is what OPA says of one of its functions.
type builtinInfo struct {
	Name        string      `json:"name"`
	Description string      `json:"description"`
	Category    string      `json:"category"`
	Infix       string      `json:"infix,omitempty"`
	Deprecated  bool        `json:"deprecated,omitempty"`
	Args        []valueInfo `json:"args"`
	Variadic    bool        `json:"variadic,omitempty"`
	Result      *valueInfo  `json:"result,omitempty"`
}

// valueInfo is an argument or a result.
type valueInfo struct {
	Name        string `json:"name"`
	Type        string `json:"type"`
	Description string `json:"description"`
}

// builtinDocs tells all functions that a policy may call by name, and the operators, by name.
func builtinDocs(struct{}) ([]builtinInfo, error) {
	out := make([]builtinInfo, 0, len(ast.Builtins))
	for _, b := range ast.Builtins {
		if strings.HasPrefix(b.Name, "internal.") || strings.HasPrefix(b.Name, "rego.metadata.rule.internal") {
			continue
		}
		info := builtinInfo{
			Name: b.Name, Description: b.Description, Infix: b.Infix, Deprecated: b.IsDeprecated(), Args: []valueInfo{},
		}
		if before, _, ok := strings.Cut(b.Name, "."); ok {
			info.Category = before
		} else if len(b.Categories) > 0 {
			info.Category = b.Categories[0]
		}
		for _, arg := range b.Decl.NamedFuncArgs().Args {
			info.Args = append(info.Args, valueOf(arg))
		}
		info.Variadic = b.Decl.NamedFuncArgs().Variadic != nil
		if result := b.Decl.NamedResult(); result != nil {
			value := valueOf(result)
			info.Result = &value
		}
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b builtinInfo) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func valueOf(t types.Type) valueInfo {
	if named, ok := t.(*types.NamedType); ok {
		return valueInfo{Name: named.Name, Type: types.Sprint(named.Type), Description: named.Descr}
	}
	return valueInfo{Type: types.Sprint(t)}
}

type typesParams struct {
	Handle int        `json:"handle"`
	Paths  [][]string `json:"paths"` // below `data`
}

// ruleTypes tells the types that OPA's checker found for rules and functions, ” where it knows none.
func ruleTypes(p typesParams) ([]string, error) {
	w, err := workspaceOf(p.Handle)
	if err != nil {
		return nil, err
	}
	out := make([]string, len(p.Paths))
	for i, path := range p.Paths {
		if w.users == nil || w.users.TypeEnv == nil {
			break
		}
		if t := w.users.TypeEnv.GetByRef(dataRef(path)); t != nil {
			out[i] = types.Sprint(t)
		}
	}
	return out, nil
}

type dataParams struct {
	Files []dataFile `json:"files"`
}

// mountedData is the base data that files make, as far as they can be read.
func mountedData(p dataParams) (map[string]any, error) {
	data, _ := mountData(p.Files)
	return data, nil
}
