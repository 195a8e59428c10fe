package main

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
)

// keptOff says why a policy must not go to the fast lane: what it holds, the two lanes may see differently.
func keptOff(w *workspace) string {
	why := ""
	for _, path := range slices.Sorted(maps.Keys(w.linked)) {
		m := w.linked[path]
		ast.WalkTerms(m, func(t *ast.Term) bool {
			switch v := t.Value.(type) {
			case ast.Number:
				if why == "" && !plainNumber(string(v)) {
					why = "the number " + string(v) + " has more digits than the fast lane keeps"
				}
			case ast.String:
				for _, c := range string(v) {
					if why == "" && c == 0 {
						why = "a text with a NUL ends early in the fast lane"
					}
				}
			}
			return false
		})
		ast.WalkWiths(m, func(with *ast.With) bool {
			ref, ok := with.Target.Value.(ast.Ref)
			if why == "" && ok && !ref.HasPrefix(ast.InputRootRef) && !ref.HasPrefix(ast.DefaultRootRef) {
				why = "`with " + ref.String() + "` replaces a function"
			}
			return false
		})
		if why != "" {
			return why
		}
	}
	if !plainData(w.data) {
		return "data holds a number with more digits than the fast lane keeps"
	}
	return ""
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
		for _, member := range v {
			if !plainData(member) {
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
