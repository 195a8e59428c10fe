package main

import (
	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/format"
)

type formatParams struct {
	Path    string `json:"path"`
	Text    string `json:"text"`
	Version int    `json:"version"`
}

type formatResult struct {
	Text        string       `json:"text"`
	Diagnostics []diagnostic `json:"diagnostics"`
}

func formatFile(p formatParams) (formatResult, error) {
	v := regoVersion(p.Version)
	opts := ast.ParserOptions{RegoVersion: v, ProcessAnnotation: true}
	out, err := format.SourceWithOpts(p.Path, []byte(p.Text), format.Opts{RegoVersion: v, ParserOptions: &opts})
	if err != nil {
		return formatResult{Diagnostics: diagnosticsOf(err, p.Path)}, nil
	}
	return formatResult{Text: string(out), Diagnostics: []diagnostic{}}, nil
}
