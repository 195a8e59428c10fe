package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/ast"
)

// Texts that one clause may name; more are cut, the last in order first.
const maxMentions = 10_000

// mention notes the string literals of a clause. The steps of a reference (`input.tool.name`) are none.
func (cl *closure) mention(rule *ast.Rule) {
	var visit func(x any) bool
	visitor := ast.NewGenericVisitor(func(x any) bool { return visit(x) })
	visit = func(x any) bool {
		switch x := x.(type) {
		case ast.String:
			cl.mentions[string(x)] = true
		case ast.Ref:
			for _, part := range x {
				if _, step := part.Value.(ast.String); !step {
					visitor.Walk(part)
				}
			}
			return true
		}
		return false
	}
	for r := rule; r != nil; r = r.Else {
		for _, arg := range r.Head.Args {
			visitor.Walk(arg)
		}
		if r.Head.Key != nil {
			visitor.Walk(r.Head.Key)
		}
		if r.Head.Value != nil {
			visitor.Walk(r.Head.Value)
		}
		visitor.Walk(r.Body)
	}
}

// mentionData notes the texts and keys of base data.
func (cl *closure) mentionData(v any) {
	switch v := v.(type) {
	case string:
		cl.mentions[v] = true
	case []any:
		for _, member := range v {
			cl.mentionData(member)
		}
	case map[string]any:
		for key, member := range v {
			cl.mentions[key] = true
			cl.mentionData(member)
		}
	}
}

func (cl *closure) mentionList() []string {
	out := make([]string, 0, len(cl.mentions))
	for text := range cl.mentions {
		out = append(out, text)
	}
	slices.Sort(out)
	return out[:min(len(out), maxMentions)]
}
