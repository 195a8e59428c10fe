package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/types"
)

// The fast lane ranges over sets and objects in another order than OPA does. That shows only where an array
// is built from them, and is used for more than what has no order.

// Builtins that do not see the order of an array given to them.
var orderless = map[string]bool{
	"count": true, "sum": true, "product": true, "max": true, "min": true, "sort": true, "all": true, "any": true,
	"internal.member_2": true,
}

// order keeps a rule off the fast lane where the order of an array may depend on that of a set or an object;
// where only the input can tell, it leaves a guard.
func (check *laneCheck) order(rule *ast.Rule) {
	harmless := map[*ast.ArrayComprehension]bool{}
	note := func(operator *ast.Term, args []*ast.Term) {
		if ref, ok := operator.Value.(ast.Ref); ok && orderless[ref.String()] {
			for _, arg := range args {
				if comp, ok := arg.Value.(*ast.ArrayComprehension); ok {
					harmless[comp] = true
				}
			}
		}
	}
	ast.WalkExprs(rule, func(x *ast.Expr) bool {
		if terms, ok := x.Terms.([]*ast.Term); ok && x.IsCall() {
			note(terms[0], terms[1:])
		}
		return false
	})
	ast.WalkTerms(rule, func(t *ast.Term) bool {
		if call, ok := t.Value.(ast.Call); ok {
			note(call[0], call[1:])
		}
		return false
	})
	ast.WalkTerms(rule, func(t *ast.Term) bool {
		if comp, ok := t.Value.(*ast.ArrayComprehension); ok && !harmless[comp] {
			check.generators(comp)
		}
		return false
	})
}

func (check *laneCheck) generators(comp *ast.ArrayComprehension) {
	ast.WalkExprs(comp.Body, func(x *ast.Expr) bool {
		switch terms := x.Terms.(type) {
		case *ast.SomeDecl:
			for _, symbol := range terms.Symbols {
				if call, ok := symbol.Value.(ast.Call); ok && len(call) > 2 {
					check.ranges(call[len(call)-1])
				}
			}
		case []*ast.Term:
			if x.IsCall() && x.Operator().String() == "walk" {
				check.keep("an array is built by `walk`, in OPA's order alone")
			}
		}
		return false
	})
	ast.WalkRefs(comp, func(ref ast.Ref) bool {
		check.reference(ref)
		return false
	})
}

// ranges: what `some x in` goes through.
func (check *laneCheck) ranges(over *ast.Term) {
	switch v := over.Value.(type) {
	case *ast.Array, *ast.ArrayComprehension:
		return
	case ast.Ref:
		if v.HasPrefix(ast.InputRootRef) {
			check.guard(v)
			return
		}
	case ast.Call:
		if b := ast.BuiltinMap[v[0].String()]; b != nil {
			result := b.Decl.Result()
			if named, ok := result.(*types.NamedType); ok {
				result = named.Type
			}
			if _, ok := result.(*types.Array); ok {
				return
			}
		}
	}
	check.keep("an array is built by ranging over `" + over.String() + "`, which may be a set or an object")
}

// reference: a path with a variable in it ranges over what stands before the variable.
func (check *laneCheck) reference(ref ast.Ref) {
	last := -1
	for i, term := range ref[1:] {
		if !term.IsGround() {
			last = i + 1
		}
	}
	if last < 0 {
		return
	}
	if !ref.HasPrefix(ast.InputRootRef) {
		check.keep("an array is built by ranging over `" + ref[:last].String() + "`, which may be a set or an object")
		return
	}
	for i := 1; i <= last; i++ {
		if !ref[i].IsGround() {
			check.guard(ref[:i])
		}
	}
}

// guard notes a place of the input; a variable on the way stands for every member.
func (check *laneCheck) guard(ref ast.Ref) {
	place := []string{}
	for _, term := range ref[1:] {
		if s, ok := term.Value.(ast.String); ok {
			place = append(place, "."+string(s))
		} else {
			place = append(place, "*")
		}
	}
	check.Guards = append(check.Guards, place)
}
