package main

import (
	"errors"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// diagnostic is one error with the place OPA gives it. Offset and Length count UTF-8 bytes of the file;
// Offset is -1 where OPA names no place.
type diagnostic struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	File    string `json:"file"`
	Row     int    `json:"row"`
	Col     int    `json:"col"`
	Offset  int    `json:"offset"`
	Length  int    `json:"length"`
}

func diagnosticsOf(err error, file string) []diagnostic {
	var list ast.Errors
	if errors.As(err, &list) {
		out := make([]diagnostic, 0, len(list))
		for _, e := range list {
			out = append(out, diagnosticOf(e, file))
		}
		return out
	}
	var one *ast.Error
	if errors.As(err, &one) {
		return []diagnostic{diagnosticOf(one, file)}
	}
	return []diagnostic{{Code: "rego_error", Message: err.Error(), File: file, Offset: -1}}
}

func diagnosticOf(e *ast.Error, file string) diagnostic {
	d := diagnostic{Code: e.Code, Message: e.Message, File: file, Offset: -1}
	// A type error says in its details what was given and what is wanted.
	if e.Code == ast.TypeErr && e.Details != nil {
		for _, line := range e.Details.Lines() {
			if line = strings.TrimSpace(line); line != "" {
				d.Message += "; " + line
			}
		}
	}
	if loc := e.Location; loc != nil {
		if loc.File != "" {
			d.File = loc.File
		}
		d.Row, d.Col, d.Offset, d.Length = loc.Row, loc.Col, loc.Offset, len(loc.Text)
	}
	return d
}

func regoVersion(v int) ast.RegoVersion {
	if v == 0 {
		return ast.RegoV0
	}
	return ast.RegoV1
}
