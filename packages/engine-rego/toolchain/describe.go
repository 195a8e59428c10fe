package main

import (
	"encoding/json"

	"github.com/open-policy-agent/opa/v1/ast"
)

// moduleInfo describes one parsed file. All offsets and lengths count UTF-8 bytes of the file.
type moduleInfo struct {
	File       string           `json:"file"`
	Package    []string         `json:"package"`
	Entrypoint bool             `json:"entrypoint"` // the package is one, by its METADATA
	Rules      []ruleInfo       `json:"rules"`
	Notes      []annotationInfo `json:"notes"` // of the package
	Never      []diagnostic     `json:"never"` // bodies that cannot hold
}

// ruleInfo describes one clause.
type ruleInfo struct {
	Path     []string         `json:"path"`   // below the package; where it is not ground, its ground start
	Ground   bool             `json:"ground"` // the head is a plain name or dotted path
	Function bool             `json:"function"`
	Multi    bool             `json:"multi"` // `contains`
	Default  bool             `json:"default"`
	Offset   int              `json:"offset"`
	Length   int              `json:"length"`
	Value    json.RawMessage  `json:"value,omitempty"` // of the head, where it is a constant and there is no else
	Else     bool             `json:"else"`
	Notes    []annotationInfo `json:"notes"` // the annotation chain, closest first
}

type annotationInfo struct {
	Scope      string         `json:"scope"`
	File       string         `json:"file"`
	Offset     int            `json:"offset"`
	End        int            `json:"end"`
	Title      string         `json:"title"`
	Entrypoint bool           `json:"entrypoint"`
	Custom     map[string]any `json:"custom"`
}

func describe(path string, m *ast.Module, annotations *ast.AnnotationSet) moduleInfo {
	info := moduleInfo{File: path, Package: segments(m.Package.Path[1:]), Rules: []ruleInfo{}, Notes: []annotationInfo{}, Never: neverApplies(path, m)}
	if annotations != nil {
		if a := annotations.GetPackageScope(m.Package); a != nil {
			info.Entrypoint = a.Entrypoint
			info.Notes = append(info.Notes, noteOf(a))
		}
	}
	for _, rule := range m.Rules {
		info.Rules = append(info.Rules, describeRule(rule, annotations))
	}
	return info
}

func describeRule(rule *ast.Rule, annotations *ast.AnnotationSet) ruleInfo {
	ref := rule.Head.Ref()
	prefix := ref.GroundPrefix()
	info := ruleInfo{
		Path:     segments(prefix),
		Ground:   len(prefix) == len(ref),
		Function: len(rule.Head.Args) > 0,
		Multi:    rule.Head.RuleKind() == ast.MultiValue,
		Default:  rule.Default,
		Else:     rule.Else != nil,
		Offset:   rule.Location.Offset,
		Length:   len(rule.Location.Text),
		Notes:    []annotationInfo{},
	}
	if v := rule.Head.Value; v != nil && rule.Else == nil && isValue(v) {
		info.Value = jsonText(v.Value)
	}
	if annotations != nil {
		for _, ref := range annotations.Chain(rule) {
			if ref.Annotations != nil {
				info.Notes = append(info.Notes, noteOf(ref.Annotations))
			}
		}
	}
	return info
}

func noteOf(a *ast.Annotations) annotationInfo {
	end := a.EndLoc()
	return annotationInfo{
		Scope:      a.Scope,
		File:       a.Location.File,
		Offset:     a.Location.Offset,
		End:        end.Offset + len(end.Text),
		Title:      a.Title,
		Entrypoint: a.Entrypoint,
		Custom:     a.Custom,
	}
}

// segments spells the parts of a ground reference; parts that are no strings as they print.
func segments(ref ast.Ref) []string {
	out := make([]string, 0, len(ref))
	for _, term := range ref {
		switch v := term.Value.(type) {
		case ast.String:
			out = append(out, string(v))
		case ast.Var:
			out = append(out, string(v))
		default:
			out = append(out, term.String())
		}
	}
	return out
}

// isValue: the term is a value as it stands, with nothing in it to evaluate.
func isValue(t *ast.Term) bool {
	plain := true
	ast.WalkTerms(t, func(part *ast.Term) bool {
		switch part.Value.(type) {
		case ast.Null, ast.Boolean, ast.Number, ast.String, *ast.Array, ast.Object, ast.Set:
		default:
			plain = false
		}
		return !plain
	})
	return plain
}
