package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strconv"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
	"github.com/open-policy-agent/opa/v1/topdown/builtins"
)

// callBuiltin runs one builtin for the fast lane. The request is `name NUL time NUL budget NUL args`, args a
// Rego array. The answer's first byte says what it is: `=` a value follows; `0` undefined; `!` an error
// follows, and only the reference lane can tell it with its place.
func callBuiltin(request []byte) (out []byte) {
	defer func() {
		if p := recover(); p != nil {
			out = []byte("!internal error")
		}
	}()
	parts := bytes.SplitN(request, []byte{0}, 4)
	if len(parts) != 4 {
		return []byte("!malformed request")
	}
	name := string(parts[0])
	fn := topdown.GetBuiltin(name)
	if fn == nil {
		return []byte("!unknown builtin " + name)
	}
	args, err := parseRego(parts[3])
	if err != nil {
		return []byte("!" + err.Error())
	}
	list, ok := args.(*ast.Array)
	if !ok {
		return []byte("!arguments are no array")
	}
	at, known := callTime(string(parts[1]))
	guard = &guardState{timeKnown: known}
	defer func() { guard = nil }()
	steps, _ := strconv.Atoi(string(parts[2]))
	bctx := topdown.BuiltinContext{
		Context: context.Background(),
		Cancel:  &budget{left: steps},
		Seed:    zeroes{},
		Time:    ast.NumberTerm(json.Number(strconv.FormatInt(at.UnixNano(), 10))),
		Cache:   builtins.Cache{},
	}
	operands := make([]*ast.Term, list.Len())
	for i := range operands {
		operands[i] = list.Elem(i)
	}
	var result *ast.Term
	err = fn(bctx, operands, func(t *ast.Term) error {
		result = t
		return nil
	})
	if err != nil {
		return []byte("!" + err.Error())
	}
	if result == nil {
		return []byte("0")
	}
	return append([]byte("="), regoText(result.Value)...)
}
