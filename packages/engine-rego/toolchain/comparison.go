package main

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// comparison of a place of the input with a literal, turned so that the input stands on the left.
type comparison struct {
	Pointer  string          `json:"pointer"`
	Of       string          `json:"of"`
	Operator string          `json:"operator"`
	Literal  json.RawMessage `json:"literal"`
}

var operators = map[string]string{
	ast.LessThan.Name: "<", ast.LessThanEq.Name: "<=", ast.GreaterThan.Name: ">", ast.GreaterThanEq.Name: ">=",
	ast.Equal.Name: "==", ast.Equality.Name: "==", ast.NotEqual.Name: "!=",
}

var turned = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

// compared reads an expression as a comparison, or gives nil.
func compared(aliases map[ast.Var]ast.Ref, expr *ast.Expr) *comparison {
	terms, ok := expr.Terms.([]*ast.Term)
	if !ok || len(terms) != 3 || len(expr.With) > 0 {
		return nil
	}
	operator, ok := operators[expr.Operator().String()]
	if !ok {
		return nil
	}
	fact, literal := terms[1], terms[2]
	if isLiteral(fact) {
		fact, literal, operator = literal, fact, turned[operator]
	}
	if !isLiteral(literal) {
		return nil
	}
	c := comparison{Of: "value", Operator: operator, Literal: jsonText(literal.Value)}
	if call, ok := fact.Value.(ast.Call); ok && len(call) == 2 {
		switch call[0].Value.String() {
		case ast.Count.Name:
			c.Of = "size"
		case ast.ToNumber.Name:
		default:
			return nil
		}
		fact = call[1]
	}
	pointer, ok := groundInput(aliases, fact)
	if !ok {
		return nil
	}
	c.Pointer = pointer
	return &c
}

func isLiteral(t *ast.Term) bool {
	switch t.Value.(type) {
	case ast.Boolean, ast.Number, ast.String:
		return true
	}
	return false
}

// groundInput is the JSON Pointer of a reference below `input` that names one place.
func groundInput(aliases map[ast.Var]ast.Ref, t *ast.Term) (string, bool) {
	ref, ok := t.Value.(ast.Ref)
	if name, isVar := t.Value.(ast.Var); isVar && aliases[name] != nil {
		ref, ok = aliases[name], true
	}
	if !ok {
		return "", false
	}
	ref = inputRef(aliases, ref)
	if !ref.HasPrefix(ast.InputRootRef) || len(ref) < 2 {
		return "", false
	}
	for _, part := range ref[1:] {
		if _, ok := part.Value.(ast.String); !ok {
			return "", false
		}
	}
	return inputPointer(ref), true
}

// inputRef spells a reference that starts with a name of a place of the input.
func inputRef(names map[ast.Var]ast.Ref, ref ast.Ref) ast.Ref {
	if name, isVar := ref[0].Value.(ast.Var); isVar && names[name] != nil {
		return slices.Concat(names[name], ref[1:])
	}
	return ref
}

// inputNames adds the names that a body gives to places of the input (`amount := input.args.amount`), and takes away
// those that it gives to something else.
func inputNames(names map[ast.Var]ast.Ref, body ast.Body) map[ast.Var]ast.Ref {
	own := names
	for _, expr := range body {
		switch terms := expr.Terms.(type) {
		case *ast.SomeDecl:
			own = hide(own, terms.Symbols)
		case *ast.Every:
			own = hide(own, []*ast.Term{terms.Key, terms.Value})
		case []*ast.Term:
			if expr.Operator().String() != ast.Assign.Name || len(terms) != 3 {
				continue
			}
			own = hide(own, terms[1:2])
			name, isVar := terms[1].Value.(ast.Var)
			if _, ok := groundInput(names, terms[2]); isVar && ok && len(expr.With) == 0 {
				own = maps.Clone(own)
				own[name] = inputRef(names, terms[2].Value.(ast.Ref))
			}
		}
	}
	return own
}

// hide takes away the names that terms declare anew.
func hide(names map[ast.Var]ast.Ref, terms []*ast.Term) map[ast.Var]ast.Ref {
	own := names
	for _, term := range terms {
		if term == nil {
			continue
		}
		ast.WalkVars(term, func(v ast.Var) bool {
			if own[v] != nil {
				own = maps.Clone(own)
				delete(own, v)
			}
			return false
		})
	}
	return own
}

// inputAliases are the names that `import input.x` gives.
func inputAliases(m *ast.Module) map[ast.Var]ast.Ref {
	out := map[ast.Var]ast.Ref{}
	for _, imp := range m.Imports {
		if ref, ok := imp.Path.Value.(ast.Ref); ok && ref.HasPrefix(ast.InputRootRef) && len(ref) > 1 {
			out[imp.Name()] = ref
		}
	}
	return out
}
