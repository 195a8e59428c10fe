package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// laneCheck says whether a policy may go to the fast lane: Kept is why not, Guards are the places of the input
// where the lanes agree on arrays alone.
type laneCheck struct {
	Kept   string
	Guards [][]string
}

// checkLanes looks at every rule that the entrypoints need for what the two lanes may see differently.
func checkLanes(l *linkage, data map[string]any, entrypoints []ast.Ref) laneCheck {
	check := laneCheck{}
	parsed := map[string]*ast.Rule{}
	for _, path := range slices.Sorted(maps.Keys(l.modules)) {
		for _, rule := range l.modules[path].Rules {
			parsed[placeOf(rule)] = rule
		}
	}
	replacesInput := false
	for _, rule := range needed(l.compiler, entrypoints) {
		if source := parsed[placeOf(rule)]; source != nil {
			check.rule(source, &replacesInput)
		}
	}
	if len(check.Guards) > 0 && replacesInput {
		check.keep("`with input` hides what an array comprehension ranges over")
	}
	if !plainData(data) {
		check.keep("data holds a number with more digits than the fast lane keeps, or a key that is a number")
	}
	return check
}

func (check *laneCheck) keep(why string) {
	if check.Kept == "" {
		check.Kept = why
	}
}

func (check *laneCheck) rule(rule *ast.Rule, replacesInput *bool) {
	ast.WalkTerms(rule, func(t *ast.Term) bool {
		switch v := t.Value.(type) {
		case ast.Number:
			if !plainNumber(string(v)) {
				check.keep("the number " + string(v) + " has more digits than the fast lane keeps")
			}
		case ast.String:
			if strings.ContainsRune(string(v), 0) {
				check.keep("a text with a NUL ends early in the fast lane")
			}
		}
		return false
	})
	ast.WalkWiths(rule, func(with *ast.With) bool {
		ref, ok := with.Target.Value.(ast.Ref)
		if name, isVar := with.Target.Value.(ast.Var); isVar {
			ref, ok = ast.Ref{ast.NewTerm(name)}, true
		}
		if ok && ref.HasPrefix(ast.InputRootRef) {
			*replacesInput = true
		} else if !ok || !ref.HasPrefix(ast.DefaultRootRef) {
			check.keep("`with " + with.Target.String() + "` replaces a function")
		}
		return false
	})
	check.order(rule)
}

// needed lists the compiled rules that references depend on, in a fixed order.
func needed(c *ast.Compiler, refs []ast.Ref) []*ast.Rule {
	seen := map[*ast.Rule]bool{}
	out := []*ast.Rule{}
	var visit func(ref ast.Ref)
	visit = func(ref ast.Ref) {
		for _, rule := range c.GetRulesDynamicWithOpts(ref, ast.RulesOptions{IncludeHiddenModules: true}) {
			if seen[rule] {
				continue
			}
			seen[rule] = true
			out = append(out, rule)
			ast.WalkRefs(rule, func(dep ast.Ref) bool {
				if dep.HasPrefix(ast.DefaultRootRef) {
					visit(dep)
				}
				return false
			})
		}
	}
	for _, ref := range refs {
		visit(ref)
	}
	return out
}

// plainNumber: both lanes hold the number exactly and write it alike (an integer up to 2^53, or a decimal of
// at most 15 digits without exponent).
func plainNumber(s string) bool {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n >= -(1<<53) && n <= 1<<53 && strconv.FormatInt(n, 10) == s
	}
	digits, point := 0, false
	for i, c := range s {
		switch {
		case c == '-' && i == 0:
		case c == '.' && !point:
			point = true
		case c >= '0' && c <= '9':
			digits++
		default:
			return false
		}
	}
	return digits <= 15 && s[len(s)-1] != '0'
}

func plainData(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for key, member := range v {
			// OPA finds the key "2" of base data by the number 2 too.
			if _, err := strconv.Atoi(key); err == nil || !plainData(member) {
				return false
			}
		}
	case []any:
		for _, member := range v {
			if !plainData(member) {
				return false
			}
		}
	case json.Number:
		return plainNumber(string(v))
	}
	return true
}
