package main

import (
	"fmt"

	"github.com/open-policy-agent/opa/v1/ast"
)

// neverCode names the finding that a body asks for what cannot hold.
const neverCode = "rego_never_applies"

// demand is what an expression of a body asks of one place of the input.
type demand struct {
	op    string // as comparisons have it; `in` where the value is one of several
	value ast.Value
	among []ast.Value
}

// neverApplies finds bodies whose expressions contradict each other. Only what stands at the top of a body counts,
// and only places of the input that one name means: each has one value, or none, while the body is evaluated.
// OPA orders all values, so that bounds contradict each other whatever the type of what is compared.
func neverApplies(path string, m *ast.Module) []diagnostic {
	out := []diagnostic{}
	aliases := inputAliases(m)
	for _, rule := range m.Rules {
		names := hide(aliases, rule.Head.Args)
		for r := rule; r != nil; r = r.Else {
			if r.Default {
				continue
			}
			if expr, why := contradiction(inputNames(names, r.Body), r.Body); expr != nil && expr.Location != nil {
				what := "this rule"
				if r != rule || rule.Else != nil {
					what = "this branch"
				}
				out = append(out, diagnostic{
					Code: neverCode, Message: fmt.Sprintf("%s can never apply: %s", what, why), File: path,
					Row: expr.Location.Row, Col: expr.Location.Col, Offset: expr.Location.Offset, Length: len(expr.Location.Text),
				})
			}
		}
	}
	return out
}

func contradiction(names map[ast.Var]ast.Ref, body ast.Body) (*ast.Expr, string) {
	asked := map[string][]demand{}
	for _, expr := range body {
		if len(expr.With) > 0 {
			continue
		}
		if term, ok := expr.Terms.(*ast.Term); ok && !expr.Negated && ast.Boolean(false).Equal(term.Value) {
			return expr, "`false` never holds"
		}
		place, next, ok := demanded(names, expr)
		if !ok {
			continue
		}
		for _, before := range asked[place] {
			if why := clash(before, next); why != "" {
				return expr, fmt.Sprintf("`%s` cannot be %s", place, why)
			}
		}
		asked[place] = append(asked[place], next)
	}
	return nil, ""
}

// demanded reads an expression as a demand on a place of the input.
func demanded(names map[ast.Var]ast.Ref, expr *ast.Expr) (string, demand, bool) {
	negated := expr.Negated
	if not, ok := expr.Terms.(*ast.Not); ok {
		if not.ExplicitBody || len(not.Body) != 1 || negated {
			return "", demand{}, false
		}
		expr, negated = not.Body[0], true
		if len(expr.With) > 0 || expr.Negated {
			return "", demand{}, false
		}
	}
	terms, ok := expr.Terms.([]*ast.Term)
	if !ok || len(terms) != 3 {
		return "", demand{}, false
	}
	if expr.Operator().String() == ast.Member.Name {
		among, ok := literalsOf(terms[2])
		place, ground := groundPlace(names, terms[1])
		op := "in"
		if negated {
			op = "not in"
		}
		return place, demand{op: op, among: among}, ok && ground
	}
	op, ok := operators[expr.Operator().String()]
	if !ok || negated && op != "==" {
		return "", demand{}, false
	}
	fact, literal := terms[1], terms[2]
	if isLiteral(fact) {
		fact, literal, op = literal, fact, turned[op]
	}
	if negated {
		op = "!="
	}
	place, ok := groundPlace(names, fact)
	return place, demand{op: op, value: literal.Value}, ok && isLiteral(literal)
}

// groundPlace spells the place of the input that a term means.
func groundPlace(names map[ast.Var]ast.Ref, t *ast.Term) (string, bool) {
	if _, ok := groundInput(names, t); !ok {
		return "", false
	}
	if name, isVar := t.Value.(ast.Var); isVar {
		return names[name].String(), true
	}
	ref, ok := t.Value.(ast.Ref)
	return inputRef(names, ref).String(), ok
}

func literalsOf(t *ast.Term) ([]ast.Value, bool) {
	out := []ast.Value{}
	plain := true
	each := func(part *ast.Term) {
		plain = plain && isLiteral(part)
		out = append(out, part.Value)
	}
	switch v := t.Value.(type) {
	case ast.Set:
		v.Foreach(each)
	case *ast.Array:
		v.Foreach(each)
	default:
		return nil, false
	}
	return out, plain
}

// clash says why two demands cannot hold together, or ”.
func clash(a, b demand) string {
	if !a.exact() && b.exact() {
		return clash(b, a)
	}
	if a.exact() {
		for _, value := range a.choices() {
			if b.takes(value) {
				return ""
			}
		}
		return a.String() + " and " + b.String()
	}
	lower, upper := a, b
	if lower.op == "<" || lower.op == "<=" {
		lower, upper = b, a
	}
	if lower.op != ">" && lower.op != ">=" || upper.op != "<" && upper.op != "<=" {
		return ""
	}
	order := ast.Compare(lower.value, upper.value)
	if order > 0 || order == 0 && (lower.op == ">" || upper.op == "<") {
		return a.String() + " and " + b.String()
	}
	return ""
}

// exact: the demand lists all values that meet it.
func (d demand) exact() bool { return d.op == "==" || d.op == "in" }

func (d demand) choices() []ast.Value {
	if d.op == "in" {
		return d.among
	}
	return []ast.Value{d.value}
}

// takes: the value meets the demand.
func (d demand) takes(value ast.Value) bool {
	switch d.op {
	case "in", "not in":
		for _, one := range d.among {
			if ast.Compare(one, value) == 0 {
				return d.op == "in"
			}
		}
		return d.op == "not in"
	}
	order := ast.Compare(value, d.value)
	switch d.op {
	case "==":
		return order == 0
	case "!=":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	default:
		return order >= 0
	}
}

func (d demand) String() string {
	switch d.op {
	case "in":
		return "one of " + listed(d.among)
	case "not in":
		return "none of " + listed(d.among)
	case "!=":
		return "other than " + d.value.String()
	case "==":
		return d.value.String()
	}
	return d.op + " " + d.value.String()
}

func listed(values []ast.Value) string {
	text := ""
	for i, value := range values {
		if i == 5 {
			return text + ", ..."
		}
		if i > 0 {
			text += ", "
		}
		text += value.String()
	}
	return text
}
