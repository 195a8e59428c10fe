package main

import "github.com/open-policy-agent/opa/v1/ast"

// stepName is asked of the host after every expression that holds, and before every body: the fast lane counts
// its steps as the reference lane does, and a runaway policy stops there.
const stepName = routePrefix + ".step"

func countSteps(m *ast.Module) {
	for _, rule := range m.Rules {
		for r := rule; r != nil; r = r.Else {
			if !r.Default {
				r.Body = stepped(r.Body)
			}
		}
		ast.WalkTerms(rule, func(t *ast.Term) bool {
			switch v := t.Value.(type) {
			case *ast.ArrayComprehension:
				v.Body = stepped(v.Body)
			case *ast.SetComprehension:
				v.Body = stepped(v.Body)
			case *ast.ObjectComprehension:
				v.Body = stepped(v.Body)
			}
			return false
		})
		ast.WalkExprs(rule, func(x *ast.Expr) bool {
			if every, ok := x.Terms.(*ast.Every); ok {
				every.Body = stepped(every.Body)
			}
			return false
		})
	}
}

func stepped(body ast.Body) ast.Body {
	out := ast.NewBody(stepExpr(body[0].Location))
	for _, expr := range body {
		out.Append(expr)
		out.Append(stepExpr(expr.Location))
	}
	return out
}

func stepExpr(loc *ast.Location) *ast.Expr {
	operator := ast.NewTerm(ast.Ref{ast.VarTerm(routePrefix), ast.StringTerm("step")}).SetLocation(loc)
	return ast.NewExpr([]*ast.Term{operator}).SetLocation(loc)
}
