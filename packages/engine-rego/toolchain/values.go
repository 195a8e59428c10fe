package main

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/util"
)

// parseJSON reads a JSON text exactly: numbers keep their digits.
func parseJSON(text []byte) (ast.Value, error) {
	var v any
	if err := util.UnmarshalJSON(text, &v); err != nil {
		return nil, err
	}
	return ast.InterfaceToValue(v)
}

// jsonText is the JSON of a value as OPA answers it: sets are sorted arrays, keys sorted, digits kept.
func jsonText(v ast.Value) []byte {
	var buf bytes.Buffer
	writeValue(&buf, v, false)
	return buf.Bytes()
}

// regoText is a value as a Rego literal that the fast lane's `opa_value_parse` reads: sets stay sets.
func regoText(v ast.Value) []byte {
	var buf bytes.Buffer
	writeValue(&buf, v, true)
	return buf.Bytes()
}

func writeValue(buf *bytes.Buffer, v ast.Value, sets bool) {
	switch v := v.(type) {
	case ast.String:
		writeString(buf, string(v))
	case *ast.Array:
		buf.WriteByte('[')
		for i := range v.Len() {
			if i > 0 {
				buf.WriteByte(',')
			}
			writeValue(buf, v.Elem(i).Value, sets)
		}
		buf.WriteByte(']')
	case ast.Set:
		writeSet(buf, v, sets)
	case ast.Object:
		buf.WriteByte('{')
		for i, key := range v.Keys() {
			if i > 0 {
				buf.WriteByte(',')
			}
			if _, ok := key.Value.(ast.String); ok || sets {
				writeValue(buf, key.Value, sets)
			} else {
				writeString(buf, string(jsonText(key.Value)))
			}
			buf.WriteByte(':')
			writeValue(buf, v.Get(key).Value, sets)
		}
		buf.WriteByte('}')
	default: // null, booleans, numbers
		buf.WriteString(v.String())
	}
}

func writeSet(buf *bytes.Buffer, set ast.Set, sets bool) {
	if sets && set.Len() == 0 {
		buf.WriteString("set()")
		return
	}
	open, end := byte('['), byte(']')
	if sets {
		open, end = '{', '}'
	}
	buf.WriteByte(open)
	sorted := set.Sorted()
	for i := range sorted.Len() {
		if i > 0 {
			buf.WriteByte(',')
		}
		writeValue(buf, sorted.Elem(i).Value, sets)
	}
	buf.WriteByte(end)
}

func writeString(buf *bytes.Buffer, s string) {
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(s)
	buf.Truncate(buf.Len() - 1) // the encoder's line end
}

// parseRego reads what the fast lane dumps: JSON, or a Rego literal where it holds sets.
func parseRego(text []byte) (ast.Value, error) {
	if v, err := parseJSON(text); err == nil {
		return v, nil
	}
	term, err := ast.ParseTerm(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, err
	}
	return term.Value, nil
}
